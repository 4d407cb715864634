namespace ChainSync.AnomaliesBench;

/// <summary>Alerts against labelled windows: an alert inside one is right, a window with an alert is found.</summary>
internal sealed record WindowScore(int Right, int Alerts, int Found, int Windows)
{
    public double Precision => Alerts == 0 ? double.NaN : (double)Right / Alerts;

    public double Recall => Windows == 0 ? double.NaN : (double)Found / Windows;

    public double F1 => Right == 0 || Found == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public static WindowScore operator +(WindowScore a, WindowScore b) =>
        new(a.Right + b.Right, a.Alerts + b.Alerts, a.Found + b.Found, a.Windows + b.Windows);

    /// <summary>Scores spans; those that began in the probation are not counted.</summary>
    public static WindowScore Of(NabStream stream, IEnumerable<(DateTime From, DateTime To)> alerts)
    {
        var counted = alerts.Where(a => a.From >= stream.ScoredFrom).ToList();
        return new WindowScore(
            counted.Count(a => stream.Windows.Any(w => Meet(a, w))), counted.Count,
            stream.Windows.Count(w => counted.Any(a => Meet(a, w))), stream.Windows.Count);
    }

    /// <summary>Flags less than the gap apart are one alert.</summary>
    public static IEnumerable<(DateTime From, DateTime To)> Merge(IEnumerable<DateTime> flags, TimeSpan gap)
    {
        (DateTime From, DateTime To)? open = null;
        foreach (var time in flags)
        {
            if (open is { } span && time - span.To <= gap)
                open = (span.From, time);
            else
            {
                if (open is { } done)
                    yield return done;
                open = (time, time);
            }
        }
        if (open is { } last)
            yield return last;
    }

    private static bool Meet((DateTime From, DateTime To) a, (DateTime From, DateTime To) b) => a.From <= b.To && a.To >= b.From;
}
