using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>
/// How long rows were on their way from the write's timestamp to the queues of those who follow: counted in buckets of a few tens of
/// per cent, since the start. The log's timestamps are cut to the millisecond, so a figure may be one too high.
/// </summary>
public sealed class LatencyHistogram
{
    /// <summary>The upper bound of each bucket, milliseconds; the last has none.</summary>
    private static readonly long[] BoundsMs =
        [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000];

    private readonly long[] _counts = new long[BoundsMs.Length + 1];

    /// <summary>Counts rows that have just been queued.</summary>
    public void Record(IReadOnlyList<LogRow> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
        {
            var bucket = Array.BinarySearch(BoundsMs, (long)(now - row.At).TotalMilliseconds);
            Interlocked.Increment(ref _counts[bucket < 0 ? ~bucket : bucket]);
        }
    }

    /// <summary>The counts at this moment.</summary>
    public long[] Counts() => [.. _counts.Select((_, i) => Volatile.Read(ref _counts[i]))];

    /// <summary>The bound, milliseconds, that a share of what was counted stays within; null when nothing was, or it is beyond the last bound.</summary>
    /// <param name="counts">Counts, or what they grew by.</param>
    /// <param name="share">0.5 for the median.</param>
    public static long? Percentile(IReadOnlyList<long> counts, double share)
    {
        var left = (long)Math.Ceiling(counts.Sum() * share);
        if (left == 0) return null;
        for (var i = 0; i < BoundsMs.Length; i++)
        {
            left -= counts[i];
            if (left <= 0) return BoundsMs[i];
        }
        return null;
    }
}
