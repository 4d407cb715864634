namespace ChainSync.AnomaliesBench;

/// <summary>
/// The yardstick: a point is flagged when it lies k standard deviations from the mean of the points before it, in a sliding window
/// (NAB's windowed Gaussian, with its window of 6,400 points cut to what the stream has). Causal.
/// </summary>
internal static class WindowedGaussian
{
    private const int Window = 6400;
    private const int Fewest = 30;

    public static IReadOnlyList<DateTime> Flag(NabStream stream, double sigmas)
    {
        var flagged = new List<DateTime>();
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < stream.Values.Count; i++)
        {
            var count = Math.Min(i, Window);
            if (count >= Fewest)
            {
                var mean = sum / count;
                var deviation = Math.Sqrt(Math.Max(squares / count - mean * mean, 1e-12));
                if (Math.Abs(stream.Values[i] - mean) > sigmas * deviation)
                    flagged.Add(stream.Times[i]);
            }
            sum += stream.Values[i];
            squares += stream.Values[i] * stream.Values[i];
            if (i >= Window)
            {
                sum -= stream.Values[i - Window];
                squares -= stream.Values[i - Window] * stream.Values[i - Window];
            }
        }
        return flagged;
    }
}
