namespace ChainSync.Analytics.Insights;

/// <summary>Why an input cannot be used.</summary>
public enum InsightProblem
{
    /// <summary>Two products or two watched series have the same id.</summary>
    DuplicateId,

    /// <summary>A series, forecast or plan does not meet the day of the input, or has the wrong grain.</summary>
    Misaligned,

    /// <summary>A stock level, price, cost, rate or term is not finite or outside its stated range.</summary>
    OutOfRange,

    /// <summary>Dates that must rise do not.</summary>
    Unordered,

    /// <summary>Something named elsewhere in the input is not in it: a product of a basket, the column of a promotion.</summary>
    UnknownName,
}
