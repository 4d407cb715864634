namespace ChainSync.Analytics.Anomalies.Evidence;

/// <summary>What the strongest test says of one period.</summary>
/// <param name="Kind">What it would be.</param>
/// <param name="Sigmas">Surprise, ≥ 0.</param>
/// <param name="Ratio">Surprise over the threshold; flagged from 1 on.</param>
/// <param name="Lasted">Open periods it has lasted, 1 for a single one.</param>
internal readonly record struct Finding(AnomalyKind Kind, double Sigmas, double Ratio, int Lasted)
{
    /// <summary>Ratio of a fact, which no bar holds back.</summary>
    private const double Certain = 100;

    public bool IsFlagged => Ratio >= 1;

    public bool IsLevel => Kind is AnomalyKind.LevelUp or AnomalyKind.LevelDown;

    public static Finding Fact(AnomalyKind kind) => new(kind, 0, Certain, 1);

    public static Finding None { get; } = new(AnomalyKind.Missing, 0, 0, 1);

    public static Finding Of(AnomalyKind kind, double sigmas, double threshold, int lasted = 1) => new(kind, sigmas, sigmas / threshold, lasted);

    public Finding Or(in Finding other) => other.Ratio > Ratio ? other : this;
}
