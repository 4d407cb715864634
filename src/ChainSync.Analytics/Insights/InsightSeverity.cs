namespace ChainSync.Analytics.Insights;

/// <summary>How much an insight matters; rising.</summary>
public enum InsightSeverity
{
    /// <summary>Worth knowing.</summary>
    Low,

    /// <summary>At least 1 % of the store's revenue of the same days, or surely true and urgent.</summary>
    Medium,

    /// <summary>At least 3 % of revenue.</summary>
    High,

    /// <summary>At least 10 % of revenue.</summary>
    Critical,
}
