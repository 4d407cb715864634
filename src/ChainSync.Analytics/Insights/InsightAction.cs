namespace ChainSync.Analytics.Insights;

/// <summary>A step a person or a program can take; only the parameters its kind names are set.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="SubjectId">Product, series or store to do it to.</param>
public sealed record InsightAction(InsightActionKind Kind, string SubjectId)
{
    /// <summary>Second product.</summary>
    public string? WithId { get; init; }

    /// <summary>Units, or people; &gt; 0.</summary>
    public double? Quantity { get; init; }

    /// <summary>Price in minor units; ≥ 0.</summary>
    public long? PriceMinor { get; init; }

    /// <summary>Local start of the stretch meant.</summary>
    public DateTime? From { get; init; }

    /// <summary>Local end of the stretch meant, exclusive.</summary>
    public DateTime? To { get; init; }
}
