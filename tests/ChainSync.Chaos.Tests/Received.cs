using System.Security.Cryptography;
using System.Text.Json;

namespace ChainSync.Chaos.Tests;

/// <summary>An event as it came, or should have: its place and its very bytes.</summary>
/// <param name="Channel">The channel it states.</param>
/// <param name="Seq">Its position.</param>
/// <param name="Part">Which of that position's events.</param>
/// <param name="Digest">Of the whole frame.</param>
/// <param name="Key">Whose state it tells, where a newer one says all that it does: a product's stock level. Otherwise empty.</param>
internal readonly record struct Received(string Channel, long Seq, int Part, ulong Digest, Guid Key)
{
    public static Received Of(string channel, long seq, int part, ReadOnlySpan<byte> frame) =>
        new(channel, seq, part, BitConverter.ToUInt64(SHA256.HashData(frame)), KeyOf(channel, frame));

    public override string ToString() => $"{Channel} {Seq}.{Part}";

    private static Guid KeyOf(string channel, ReadOnlySpan<byte> frame)
    {
        if (!channel.StartsWith("inventory:", StringComparison.Ordinal)) return Guid.Empty;
        var json = JsonElement.Parse(frame);
        return json.GetProperty("type").ValueEquals("inventory:updated") ? json.GetProperty("data").GetProperty("productId").GetGuid() : Guid.Empty;
    }
}
