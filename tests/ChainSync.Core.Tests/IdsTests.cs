using Xunit;

namespace ChainSync.Core.Tests;

public sealed class IdsTests
{
    [Fact]
    public void An_id_is_laid_out_as_version_7_of_RFC_9562()
    {
        // The moment of the RFC's example in appendix A.6.
        var clock = new StoppedClock(DateTimeOffset.FromUnixTimeMilliseconds(0x017F22E279B0));

        var ids = Enumerable.Range(0, 1_000).Select(_ => Ids.New(clock)).ToList();

        Assert.All(ids, id =>
        {
            Assert.StartsWith("017f22e2-79b0-7", id.ToString(), StringComparison.Ordinal);
            Assert.Contains(id.ToString()[19], "89ab");
            Assert.Equal(7, id.Version);
        });
    }

    [Fact]
    public void Every_bit_that_is_not_time_version_or_variant_is_random()
    {
        var clock = new StoppedClock(DateTimeOffset.UnixEpoch);
        var everSet = new byte[16];
        var alwaysSet = Enumerable.Repeat((byte)0xFF, 16).ToArray();

        for (var i = 0; i < 1_000; i++)
        {
            var bytes = Ids.New(clock).ToByteArray(bigEndian: true);
            for (var b = 0; b < 16; b++)
            {
                everSet[b] |= bytes[b];
                alwaysSet[b] &= bytes[b];
            }
        }

        Assert.Equal("0000000000007FFFBFFFFFFFFFFFFFFF", Convert.ToHexString(everSet));
        Assert.Equal("00000000000070008000000000000000", Convert.ToHexString(alwaysSet));
    }

    [Fact]
    public void Ids_of_one_millisecond_differ()
    {
        var clock = new StoppedClock(DateTimeOffset.UnixEpoch);

        var ids = Enumerable.Range(0, 10_000).Select(_ => Ids.New(clock)).ToHashSet();

        Assert.Equal(10_000, ids.Count);
    }

    [Fact]
    public void A_clock_before_1970_makes_no_id() =>
        Assert.Throws<OverflowException>(() => Ids.New(new StoppedClock(DateTimeOffset.UnixEpoch.AddMilliseconds(-1))));

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
