using ChainSync.Analytics.Anomalies.Evidence;

namespace ChainSync.Analytics.Anomalies;

/// <summary>One flagged period.</summary>
/// <param name="Index">Period.</param>
/// <param name="Since">First period it concerns.</param>
/// <param name="Ordinal">Position among open periods.</param>
/// <param name="Day">Days from the series' start to the period.</param>
/// <param name="Finding">What the tests say.</param>
/// <param name="Figures">Of the period; of all periods since it began when a level is told for the first time.</param>
/// <param name="LevelBefore">The model's level before a shift; NaN for anything else.</param>
internal readonly record struct Flag(int Index, int Since, int Ordinal, int Day, Finding Finding, Figures Figures, double LevelBefore);

/// <summary>
/// Merges flags into alerts (a new level takes in the single periods it began with) and keeps their number bounded. The bar for a new alert rises with each alert of the last 30 days, so the
/// month's remaining alerts are kept for the strongest.
/// </summary>
internal sealed class AlertBook
{
    private const int Month = 30;

    /// <summary>Flags at most this many open periods apart are one alert: a gap of one.</summary>
    private const int Reach = 2;

    /// <summary>Days on which the alerts of the last month were opened.</summary>
    public List<int> Opened { get; init; } = [];

    public OpenAlert? Newest { get; set; }

    /// <summary>Ordinal of the newest flag.</summary>
    public int LastOrdinal { get; set; } = -Reach - 1;

    /// <summary>The alert that took the flag; null when the bar held it back.</summary>
    public OpenAlert? Take(in Flag flag, AnomalyOptions options)
    {
        if (!Continues(flag.Ordinal, flag.Since, flag.Finding) && !Open(flag, options))
            return null;
        LastOrdinal = flag.Ordinal;
        Newest!.Extend(flag, options.MaterialMoney);
        return Newest;
    }

    /// <summary>Whether a finding belongs to the newest alert.</summary>
    public bool Continues(int ordinal, int since, in Finding finding) =>
        Newest is not null && (ordinal - LastOrdinal <= Reach || (finding.IsLevel && since <= Newest.Through));

    private bool Open(in Flag flag, AnomalyOptions options)
    {
        var oldest = flag.Day - Month;
        Opened.RemoveAll(day => day <= oldest);
        if (Opened.Count >= options.MostPerMonth || flag.Finding.Ratio < 1 + options.BarRise * Opened.Count)
            return false;
        Opened.Add(flag.Day);
        Newest = new OpenAlert { Number = (Newest?.Number ?? 0) + 1, Kind = flag.Finding.Kind, Since = flag.Since, Raised = flag.Index };
        return true;
    }
}
