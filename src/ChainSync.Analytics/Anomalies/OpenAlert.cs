namespace ChainSync.Analytics.Anomalies;

/// <summary>Running sums of the newest alert of a series.</summary>
internal sealed class OpenAlert
{
    public int Number { get; set; }

    public AnomalyKind Kind { get; set; }

    public int Since { get; set; }

    public int Raised { get; set; }

    public int Through { get; set; }

    public Figures Figures { get; set; }

    /// <summary>The model's level before the shift; NaN unless the alert is of a level.</summary>
    public double LevelBefore { get; set; } = double.NaN;

    /// <summary>Largest severity so far: what has been severe does not become less so by what follows.</summary>
    public double Severity { get; set; }

    public double Sigmas { get; set; }

    public double Ratio { get; set; }

    /// <summary>
    /// Adds a flagged period. A level outranks the single periods it began with, and its figures, which begin with it, replace theirs;
    /// else the stronger finding names the alert.
    /// </summary>
    public void Extend(in Flag flag, double materialMoney)
    {
        var finding = flag.Finding;
        var wasLevel = Kind is AnomalyKind.LevelUp or AnomalyKind.LevelDown;
        if (finding.IsLevel || (!wasLevel && finding.Ratio > Ratio))
            Kind = finding.Kind;
        var restarts = finding.IsLevel && double.IsNaN(LevelBefore);
        Figures = restarts ? flag.Figures : Figures + flag.Figures;
        LevelBefore = restarts ? flag.LevelBefore : LevelBefore;
        Since = Math.Min(Since, flag.Since);
        Through = flag.Index;
        Sigmas = Math.Max(Sigmas, finding.Sigmas);
        Ratio = Math.Max(Ratio, finding.Ratio);
        Severity = Math.Max(Severity, Severities.Of(Figures, materialMoney));
    }
}
