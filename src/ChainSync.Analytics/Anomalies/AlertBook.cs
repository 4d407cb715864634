using ChainSync.Analytics.Anomalies.Evidence;

namespace ChainSync.Analytics.Anomalies;

/// <summary>One flagged period with its figures, in the series' unit.</summary>
internal readonly record struct Flag(
    int Index, int Ordinal, Finding Finding, double Expected, double Seen, double Lower, double Upper, double Distance, double Trade, double Price);

/// <summary>
/// Merges flags into alerts and keeps their number bounded. The bar for a new alert rises with each alert of the last 30 days, so the
/// month's remaining alerts are kept for the strongest.
/// </summary>
internal sealed class AlertBook
{
    private const int Month = 30;

    /// <summary>Open periods without a flag after which an alert is over.</summary>
    private const int Gap = 2;

    /// <summary>Days on which alerts of the last month were opened.</summary>
    public List<int> Opened { get; init; } = [];

    public OpenAlert? Newest { get; set; }

    /// <summary>Ordinal, among open periods, of the newest flag.</summary>
    public int LastOrdinal { get; set; } = -1000;

    /// <summary>Flags that were strong enough by themselves but not against the bar.</summary>
    public int Suppressed { get; set; }

    /// <summary>The alert that took the flag; null when the bar held it back.</summary>
    /// <param name="flag">The flagged period.</param>
    /// <param name="day">Day of the flagged period since the start of the series.</param>
    /// <param name="options">Bound and rise of the bar.</param>
    public OpenAlert? Take(in Flag flag, int day, AnomalyOptions options)
    {
        var continues = Newest is not null && flag.Ordinal - LastOrdinal <= Gap;
        if (!continues && !Open(flag, day, options))
            return null;
        LastOrdinal = flag.Ordinal;
        Extend(Newest!, flag);
        return Newest;
    }

    private bool Open(in Flag flag, int day, AnomalyOptions options)
    {
        Opened.RemoveAll(d => d <= day - Month);
        if (Opened.Count >= options.MostPerMonth || flag.Finding.Ratio < 1 + options.BarRise * Opened.Count)
        {
            Suppressed++;
            return false;
        }
        Opened.Add(day);
        Newest = new OpenAlert
        {
            Number = (Newest?.Number ?? 0) + 1,
            Kind = flag.Finding.Kind,
            Since = flag.Index,
            Raised = flag.Index,
            Money = double.IsNaN(flag.Price) ? double.NaN : 0,
        };
        return true;
    }

    private static void Extend(OpenAlert alert, in Flag flag)
    {
        if (flag.Finding.Kind is AnomalyKind.LevelUp or AnomalyKind.LevelDown || flag.Finding.Ratio > alert.Ratio && alert.Kind is not (AnomalyKind.LevelUp or AnomalyKind.LevelDown))
            alert.Kind = flag.Finding.Kind;
        alert.Through = flag.Index;
        alert.Periods++;
        alert.Expected += flag.Expected;
        alert.Seen += flag.Seen;
        alert.Lower += flag.Lower;
        alert.Upper += flag.Upper;
        alert.Distance += flag.Distance;
        alert.Trade += flag.Trade;
        alert.Money += Math.Abs(flag.Seen - flag.Expected) * flag.Price;
        alert.Sigmas = Math.Max(alert.Sigmas, flag.Finding.Sigmas);
        alert.Ratio = Math.Max(alert.Ratio, flag.Finding.Ratio);
    }
}
