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

    public double Money { get; set; }

    public double Sigmas { get; set; }

    public double Ratio { get; set; }
}
