namespace ChainSync.Analytics.Insights;

/// <summary>What a finder found, before it is judged, ranked and put in words.</summary>
/// <param name="Kind">The claim.</param>
/// <param name="SubjectId">Product, series or store it is about; with the kind it is the identity of the claim.</param>
/// <param name="Evidence">Its numbers.</param>
/// <param name="Action">What to do.</param>
public sealed record Finding(InsightKind Kind, string SubjectId, Evidence Evidence, InsightAction Action)
{
    /// <summary>Name of the subject for a person.</summary>
    public required string SubjectName { get; init; }

    /// <summary>Second subject (the other product of a pair), for a person; empty when there is none.</summary>
    public string OtherName { get; init; } = "";

    /// <summary>What would make it another situation although the identity is the same: the direction of a change; empty when nothing would.</summary>
    public string State { get; init; } = "";

    /// <summary>Money at stake over <see cref="StakeDays"/>, minor units; ≥ 0.</summary>
    public required double StakeMinor { get; init; }

    /// <summary>Days over which the stake arises, &gt; 0; it is weighed against the store's revenue of as many days.</summary>
    public required double StakeDays { get; init; }

    /// <summary>Size of the effect in standard deviations of its usual variation; ≥ 0.</summary>
    public required double Sigmas { get; init; }

    /// <summary>True when waiting a day makes it worse; raises the severity by one.</summary>
    public bool Urgent { get; init; }
}
