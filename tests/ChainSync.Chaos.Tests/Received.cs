using System.Security.Cryptography;

namespace ChainSync.Chaos.Tests;

/// <summary>An event as it came, or should have: its place and its very bytes.</summary>
/// <param name="Channel">The channel it states.</param>
/// <param name="Seq">Its position.</param>
/// <param name="Part">Which of that position's events.</param>
/// <param name="Digest">Of the whole frame.</param>
internal readonly record struct Received(string Channel, long Seq, int Part, ulong Digest)
{
    public static Received Of(string channel, long seq, int part, ReadOnlySpan<byte> frame) =>
        new(channel, seq, part, BitConverter.ToUInt64(SHA256.HashData(frame)));

    public override string ToString() => $"{Channel} {Seq}.{Part}";
}
