using System.IO.Compression;
using System.Text;

namespace ChainSync.Realtime.Tests;

/// <summary>permessage-deflate, RFC 7692. Alone in the process, as one test counts what is allocated.</summary>
[Collection(nameof(CompressionTests))]
[CollectionDefinition(nameof(CompressionTests), DisableParallelization = true)]
public sealed class CompressionTests
{
    private const string Agreed = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    private const string Events = """{"channel":"orders:s1"}""";

    [Theory]
    [InlineData("permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits")]
    [InlineData("permessage-deflate; client_max_window_bits=\"10\"; server_no_context_takeover")]
    [InlineData("permessage-deflate; server_max_window_bits=15")]
    [InlineData("x-webkit-deflate-frame, permessage-deflate; server_max_window_bits=10, Permessage-Deflate")]
    public async Task An_offer_that_can_be_met_is_agreed_to(string offer)
    {
        await using var host = await HubHost.StartAsync(o => o.EnableCompression = true);
        await using var line = await RawClient.OpenAsync(host, offer);

        Assert.Equal(Agreed, line.Extensions);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x-other")]
    [InlineData("permessage-deflate; server_max_window_bits=10")]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; client_max_window_bits=16")]
    [InlineData("permessage-deflate; client_max_window_bits=08")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; client_no_context_takeover; client_no_context_takeover")]
    [InlineData("permessage-deflate; of_the_future")]
    [InlineData("permessage-deflate; =")]
    public async Task Any_other_offer_is_declined_and_the_connection_is_plain(string? offer)
    {
        await using var host = await HubHost.StartAsync(o => o.EnableCompression = true);
        await using var line = await RawClient.OpenAsync(host, offer);

        Assert.Null(line.Extensions);
        Assert.Contains("welcome", Encoding.UTF8.GetString((await line.ReadAsync()).Payload), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_option_nothing_is_agreed_and_a_compressed_message_is_a_protocol_error()
    {
        await using var host = await HubHost.StartAsync();
        await using var line = await RawClient.OpenAsync(host, "permessage-deflate");
        Assert.Null(line.Extensions);

        await line.SendAsync(Deflated("""{"type":"ping"}"""u8), compressed: true);

        await line.ExpectCloseAsync(1002);
    }

    [Fact]
    public async Task Events_arrive_compressed_where_it_pays_and_read_the_same_everywhere()
    {
        await using var host = await HubHost.StartAsync(o => o.EnableCompression = true);
        await using var plain = await host.ConnectAsync();
        await using var squeezed = await host.ConnectAsync(configure: o => o.DangerousDeflateOptions = new());
        await using var line = await RawClient.OpenAsync(host, "permessage-deflate");
        await line.SendAsync("""{"type":"auth","data":{"token":"ann/manager"}}"""u8.ToArray());
        await line.SendAsync("""{"type":"subscribe","data":{"channel":"orders:s1"}}"""u8.ToArray());
        for (var own = 0; own < 3; own++) Assert.False((await line.ReadAsync()).Compressed);
        foreach (var client in new[] { plain, squeezed })
        {
            await client.SendAsync("subscribe", Events);
            await client.ExpectAsync("subscribed");
        }

        host.Publish("s1", "orders:s1");
        host.Publish("s1", "orders:s1", padding: 2_000);

        foreach (var client in new[] { plain, squeezed })
        {
            await client.ExpectEventAsync("orders:s1", 1);
            await client.ExpectEventAsync("orders:s1", 2);
        }
        Assert.False((await line.ReadAsync()).Compressed);
        var (payload, compressed) = await line.ReadAsync();
        Assert.True(compressed);
        Assert.InRange(payload.Length, 1, 500);
        Assert.Contains("\"seq\":2", Encoding.UTF8.GetString(Inflated(payload)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_is_compressed_too()
    {
        await using var host = await HubHost.StartAsync(o => o.EnableCompression = true);
        for (var i = 0; i < 20; i++) host.Publish("s1", "orders:s1", padding: 1_000);
        await using var client = await host.ConnectAsync(configure: o => o.DangerousDeflateOptions = new());

        await client.SubscribeAsync("orders:s1", since: 3);

        await client.ExpectAsync("subscribed");
        for (var seq = 4; seq <= 20; seq++) await client.ExpectEventAsync("orders:s1", seq);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_compressed_message_may_inflate_to_the_limit_and_no_further(int fragments)
    {
        const int limit = 100_000;
        await using var host = await HubHost.StartAsync(o => (o.EnableCompression, o.MaxMessageBytes) = (true, limit));
        await using var line = await RawClient.OpenAsync(host, "permessage-deflate");
        await line.SendAsync("""{"type":"auth","data":{"token":"ann/manager"}}"""u8.ToArray());
        for (var own = 0; own < 2; own++) await line.ReadAsync();

        await line.SendAsync(Deflated(Ping(limit)), compressed: true, fragments);
        Assert.Contains("pong", Encoding.UTF8.GetString((await line.ReadAsync()).Payload), StringComparison.Ordinal);
        await line.SendAsync(Deflated(Ping(limit + 1)), compressed: true, fragments);

        await line.ExpectCloseAsync(1009);
    }

    [Fact]
    public async Task A_bomb_ends_in_1009_with_flat_memory()
    {
        const int blownUp = 256 << 20;
        await using var host = await HubHost.StartAsync(o => o.EnableCompression = true);
        await using var line = await RawClient.OpenAsync(host, "permessage-deflate");
        await line.SendAsync("""{"type":"auth","data":{"token":"ann/manager"}}"""u8.ToArray());
        for (var own = 0; own < 2; own++) await line.ReadAsync();
        var bomb = Deflated(new byte[blownUp]);
        Assert.InRange(bomb.Length, 100_000, 2 << 20);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        await line.SendAsync(bomb, compressed: true);
        await line.ExpectCloseAsync(1009);

        // The limit is 1 MiB; its buffers, doubled on the way, and the test's own frames come to a few more.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 << 20);
    }

    [Fact]
    public async Task Bytes_that_do_not_inflate_close_the_connection_and_nobody_elses()
    {
        await using var host = await HubHost.StartAsync(o => o.EnableCompression = true);
        await using var other = await host.ConnectAsync();
        await using var line = await RawClient.OpenAsync(host, "permessage-deflate");

        await line.SendAsync([0xFF, 0xFF, 0xFF, 0xFF, 0xFF], compressed: true);

        await line.ExpectEndAsync();
        await other.SendAsync("ping");
        await other.ExpectAsync("pong");
    }

    private static byte[] Ping(int bytes)
    {
        const string frame = """{"type":"ping","x":""}""";
        return Encoding.UTF8.GetBytes(frame.Insert(frame.Length - 2, new string('x', bytes - frame.Length)));
    }

    private static byte[] Deflated(ReadOnlySpan<byte> message)
    {
        using var bytes = new MemoryStream();
        using var deflate = new DeflateStream(bytes, CompressionLevel.Optimal);
        deflate.Write(message);
        deflate.Flush();
        return bytes.ToArray()[..^4];
    }

    private static byte[] Inflated(byte[] payload)
    {
        using var inflate = new DeflateStream(new MemoryStream([.. payload, 0x00, 0x00, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0xFF, 0xFF]), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        inflate.CopyTo(bytes);
        return bytes.ToArray();
    }
}
