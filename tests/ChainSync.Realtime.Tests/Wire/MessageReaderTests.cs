using System.Buffers;
using System.Text;
using ChainSync.Realtime.Connections;

namespace ChainSync.Realtime.Tests.Wire;

/// <summary>The reader of client frames against the examples of RFC 6455 §5.7 and RFC 7692 §7.2.3, and each rule that has no example.</summary>
public sealed class MessageReaderTests
{
    private const int Limit = 100_000;

    [Fact]
    public void The_masked_text_of_the_rfc_reads_hello() =>
        Assert.Equal(["Hello"], Read(Hex("81 85 37FA213D 7F9F4D5158")));

    [Fact]
    public void A_ping_brings_its_payload_and_a_pong_nothing() =>
        Assert.Equal(["ping Hello"], Read([.. Hex("8A 85 37FA213D 7F9F4D5158"), .. Hex("89 85 37FA213D 7F9F4D5158")]));

    [Fact]
    public void Fragments_join_and_control_frames_may_come_between_them() =>
        Assert.Equal(["ping ", "Hello"], Read([.. ClientFrames.Of(0x01, "Hel"u8), .. ClientFrames.Of(0x89, []), .. ClientFrames.Of(0x80, "lo"u8)]));

    [Theory]
    [InlineData("F248CDC9C90700")] // one block, §7.2.3.1
    [InlineData("000500FAFF48656C6C6F00")] // not compressed, §7.2.3.3
    [InlineData("F348CDC9C9070000")] // marked as the last, §7.2.3.4
    [InlineData("F248050000 00FFFFCAC9C90700")] // two blocks, §7.2.3.5
    public void The_compressed_texts_of_the_rfc_read_hello(string payload)
    {
        var bytes = Hex(payload);

        Assert.Equal(["Hello"], Read(ClientFrames.Of(0xC1, bytes), deflate: true));
        Assert.Equal(["Hello"], Read([.. ClientFrames.Of(0x41, bytes.AsSpan(0, 3)), .. ClientFrames.Of(0x80, bytes.AsSpan(3))], deflate: true));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(Limit)]
    public void Every_form_of_length_is_read(int length)
    {
        var text = new string('x', length);

        Assert.Equal([text, "after"], Read([.. ClientFrames.Of(0x81, Encoding.UTF8.GetBytes(text)), .. ClientFrames.Of(0x81, "after"u8)]));
    }

    [Theory]
    [InlineData("81 05 48656C6C6F")] // not masked
    [InlineData("91 80 00000000")] // reserved bits
    [InlineData("A1 80 00000000")]
    [InlineData("C1 80 00000000")] // compression that was not agreed
    [InlineData("83 80 00000000")] // no such frame
    [InlineData("87 80 00000000")]
    [InlineData("8B 80 00000000")]
    [InlineData("8F 80 00000000")]
    [InlineData("80 80 00000000")] // nothing to continue
    [InlineData("01 80 00000000 81 80 00000000")] // a message inside a message
    [InlineData("09 80 00000000")] // a control frame in fragments
    [InlineData("89 FE 007E 00000000")] // and one that is too long
    [InlineData("81 FE 007D 00000000")] // lengths that have a shorter form
    [InlineData("81 FF 000000000000FFFF 00000000")]
    [InlineData("81 FF 8000000000000000 00000000")] // a length below zero
    [InlineData("88 81 00000000 03")] // half a close code
    [InlineData("88 82 00000000 03E7")] // 999
    [InlineData("88 82 00000000 03EC")] // 1004
    [InlineData("88 82 00000000 03ED")] // 1005, never sent
    [InlineData("88 82 00000000 03EE")]
    [InlineData("88 82 00000000 03F7")] // 1015
    [InlineData("88 82 00000000 0BB7")] // 2999
    [InlineData("88 82 00000000 1388")] // 5000
    public void What_no_client_may_send_is_a_protocol_error_and_nothing_after_it_is_read(string wire) =>
        Assert.Equal(["refused 1002"], Read([.. Hex(wire), .. ClientFrames.Of(0x81, "after"u8)]));

    [Theory]
    [InlineData("01 80 00000000 C0 80 00000000")]
    [InlineData("C9 80 00000000")]
    public void Only_the_first_frame_of_a_message_says_that_it_is_compressed(string wire) =>
        Assert.Equal(["refused 1002"], Read(Hex(wire), deflate: true));

    [Theory]
    [InlineData("81 82 00000000 C328")]
    [InlineData("81 83 00000000 EDA080")] // half of a pair
    [InlineData("81 82 00000000 C080")] // longer than need be
    [InlineData("01 81 00000000 C3")] // unfinished, and the next byte does not finish it
    [InlineData("88 84 00000000 03E8 C328")] // in the reason of a close
    public void Text_that_is_not_utf8_is_refused(string wire) =>
        Assert.Equal(["refused 1007"], Read([.. Hex(wire), .. wire.StartsWith("01", StringComparison.Ordinal) ? ClientFrames.Of(0x80, "x"u8) : []]));

    [Fact]
    public void A_character_may_be_cut_by_fragments()
    {
        var text = "til €"u8;

        for (var cut = 0; cut <= text.Length; cut++)
            Assert.Equal(["til €"], Read([.. ClientFrames.Of(0x01, text[..cut]), .. ClientFrames.Of(0x80, text[cut..])]));
    }

    [Theory]
    [InlineData("", "close 1000")]
    [InlineData("03E8", "close 1000")]
    [InlineData("03EB6F68", "close 1003")]
    [InlineData("03F6", "close 1014")]
    [InlineData("0BB8", "close 3000")]
    [InlineData("1387", "close 4999")]
    public void A_close_brings_its_code(string payload, string expected) =>
        Assert.Equal([expected], Read(ClientFrames.Of(0x88, Hex(payload))));

    [Theory]
    [InlineData(0x82, 10, "refused 1003")]
    [InlineData(0x81, Limit + 1, "refused 1009")]
    public void Past_a_message_that_is_not_taken_only_the_close_is_told(byte first, int length, string expected)
    {
        byte[] wire = [.. ClientFrames.Of(first, new byte[length]), .. ClientFrames.Of(0x81, "after"u8), .. ClientFrames.Of(0x88, Hex("03F1"))];

        Assert.Equal([expected, "close 1009"], Read(wire));
    }

    [Fact]
    public void Too_large_a_message_is_refused_by_what_its_frames_announce()
    {
        byte[] head = [.. ClientFrames.Of(0x01, new byte[Limit]), .. Hex("80 81 00000000")];

        Assert.Equal(["refused 1009"], Read(head));
        Assert.Equal(["refused 1009"], Read(Hex("81 FF 7FFFFFFFFFFFFFFF 00000000")));
        Assert.Equal(["refused 1009"], Read(Hex("01 81 00000000 20 80 FF 7FFFFFFFFFFFFFFF 00000000")));
    }

    [Theory]
    [InlineData("FFFFFFFF")]
    [InlineData("F248CD")] // cut short
    public void What_does_not_inflate_is_refused(string payload) =>
        Assert.Equal(["refused 1007"], Read(ClientFrames.Of(0xC1, Hex(payload)), deflate: true));

    [Fact]
    public void A_conversation_reads_the_same_however_it_is_cut()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (wire, expected) = Conversation(random);

            Assert.True(expected.SequenceEqual(Read(wire, pieces: random)), $"seed {seed}");
        }
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused_and_the_same_however_it_is_cut()
    {
        var told = new HashSet<string>();
        for (var seed = 0; seed < 5_000; seed++)
        {
            var wire = Rubbish(new Random(seed));
            var whole = Read(wire, deflate: true);

            Assert.True(whole.SequenceEqual(Read(wire, deflate: true, pieces: new Random(seed))), $"seed {seed}");
            foreach (var one in whole) told.Add(one.Split(' ')[0] is "refused" or "close" ? one : one.Split(' ')[0] == "ping" ? "ping" : "text");
        }

        // The rubbish is of every kind there is.
        Assert.Superset(new HashSet<string> { "text", "ping", "close 1000", "refused 1002", "refused 1003", "refused 1007", "refused 1009" }, told);
    }

    /// <summary>Frames of all kinds and none, some compressed, in no order, with bytes changed on the way.</summary>
    private static byte[] Rubbish(Random random)
    {
        byte[] firsts = [0x01, 0x00, 0x80, 0x81, 0x81, 0x89, 0x8A, 0x88, 0x82, 0xC1, 0x41, (byte)random.Next(256)];
        var wire = new List<byte>();
        for (var frame = random.Next(8); frame >= 0; frame--)
        {
            var first = firsts[random.Next(firsts.Length)];
            var payload = (first & 0x40) != 0 && random.Next(4) > 0 ? Hex("F248CDC9C90700") : new byte[random.Next(3) == 0 ? random.Next(300) : random.Next(3)];
            if ((first & 0x40) == 0) Array.Fill(payload, (byte)random.Next(random.Next(4) == 0 ? 256 : 128));
            if (first == 0x88 && random.Next(2) == 0) payload = [];
            wire.AddRange(ClientFrames.Of(first, payload, random));
        }
        if (random.Next(10) == 0) wire.AddRange(Hex("81 FF 0000000000020000 00000000")); // announces 128 KiB that never come
        for (var changes = random.Next(3) == 0 ? random.Next(6) : 0; changes > 0; changes--) wire[random.Next(wire.Count)] = (byte)random.Next(256);
        return [.. wire];
    }

    /// <summary>Some messages in random fragments and masks, with pings between.</summary>
    private static (byte[] Wire, List<string> Expected) Conversation(Random random)
    {
        var wire = new List<byte>();
        var expected = new List<string>();
        for (var message = 0; message < 4; message++)
        {
            var text = new string((char)('a' + random.Next(26)), random.Next(3) == 0 ? random.Next(70_000) : random.Next(200)) + "é";
            var rest = Encoding.UTF8.GetBytes(text).AsSpan();
            byte opcode = 0x01;
            while (random.Next(3) > 0)
            {
                var cut = random.Next(rest.Length + 1);
                wire.AddRange(ClientFrames.Of(opcode, rest[..cut], random));
                rest = rest[cut..];
                opcode = 0x00;
                if (random.Next(2) == 0) continue;
                wire.AddRange(ClientFrames.Of(0x89, "p"u8, random));
                expected.Add("ping p");
            }
            wire.AddRange(ClientFrames.Of((byte)(0x80 | opcode), rest, random));
            expected.Add(text);
        }
        return ([.. wire], expected);
    }

    /// <summary>Everything a reader tells of these bytes, given whole or in random pieces, as the transport would: what is not taken comes again.</summary>
    private static List<string> Read(byte[] wire, bool deflate = false, Random? pieces = null)
    {
        var reader = new MessageReader(deflate);
        var told = new List<string>();
        var (taken, given) = (0, 0);
        while (given < wire.Length)
        {
            given = pieces is null ? wire.Length : Math.Min(wire.Length, given + 1 + pieces.Next(pieces.Next(2) == 0 ? 4 : 8_000));
            var input = Segment.Sequence(wire.AsMemory(taken, given - taken), pieces is null ? wire.Length : 1 + pieces.Next(5_000));
            while (reader.Read(ref input, Limit, skip: false) is { Kind: not Arrived.Nothing } incoming) told.Add(Told(incoming));
            taken = given - (int)input.Length;
        }
        reader.Release();
        return told;
    }

    private static string Told(Incoming incoming) => incoming.Kind switch
    {
        Arrived.Text => Encoding.UTF8.GetString(incoming.Payload.Span),
        Arrived.Ping => "ping " + Encoding.UTF8.GetString(incoming.Payload.Span),
        Arrived.Close => $"close {(int)incoming.Code}",
        _ => $"refused {(int)incoming.Code}",
    };

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A piece of a sequence that lies in several places.</summary>
    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte> bytes, int size)
        {
            var first = new Segment { Memory = bytes[..Math.Min(size, bytes.Length)] };
            var last = first;
            for (var at = first.Memory.Length; at < bytes.Length; at += size)
            {
                var next = new Segment { Memory = bytes.Slice(at, Math.Min(size, bytes.Length - at)), RunningIndex = at };
                last.Next = next;
                last = next;
            }
            return new(first, 0, last, last.Memory.Length);
        }
    }
}
