namespace ChainSync.Analytics.Anomalies;

/// <summary>Running sums of the newest alert of a series.</summary>
internal sealed class OpenAlert
{
    public int Number { get; set; }

    public AnomalyKind Kind { get; set; }

    public int Since { get; set; }

    public int Raised { get; set; }

    public int Through { get; set; }

    public int Periods { get; set; }

    public double Expected { get; set; }

    public double Seen { get; set; }

    public double Lower { get; set; }

    public double Upper { get; set; }

    public double Distance { get; set; }

    /// <summary>|Seen − expected| so far, in periods of usual trade.</summary>
    public double Trade { get; set; }

    /// <summary>|Seen − expected| so far, in money; NaN once a price was not known.</summary>
    public double Money { get; set; }

    public double Sigmas { get; set; }

    public double Ratio { get; set; }

    /// <summary>Adds a flagged period. A level outranks the single periods it began with; else the stronger finding names the alert.</summary>
    public void Extend(in Flag flag)
    {
        var finding = flag.Finding;
        var wasLevel = Kind is AnomalyKind.LevelUp or AnomalyKind.LevelDown;
        if (finding.IsLevel || (!wasLevel && finding.Ratio > Ratio))
            Kind = finding.Kind;
        Since = Math.Min(Since, flag.Since);
        Through = flag.Index;
        Periods++;
        var error = Math.Abs(flag.Seen - flag.Band.Expected);
        Expected += flag.Band.Expected;
        Seen += flag.Seen;
        Lower += flag.Band.Lower;
        Upper += flag.Band.Upper;
        Distance += flag.Distance;
        Trade += error / Math.Max(Math.Abs(flag.Band.Expected), 1e-9);
        Money += error * flag.Price;
        Sigmas = Math.Max(Sigmas, finding.Sigmas);
        Ratio = Math.Max(Ratio, finding.Ratio);
    }
}
