namespace ChainSync.Analytics.Series;

/// <summary>Why data cannot become a series, or a series cannot be used.</summary>
public enum SeriesProblem
{
    /// <summary>No point at all.</summary>
    Empty,

    /// <summary>Two points fall in the same period.</summary>
    DuplicateTime,

    /// <summary>A point is earlier than the one before it.</summary>
    UnorderedTime,

    /// <summary>A time is not on the grid of the first point and the grain.</summary>
    OffGridTime,

    /// <summary>A value is NaN or infinite where a number was promised.</summary>
    NotANumber,

    /// <summary>Every period is missing, so there is nothing to learn from.</summary>
    AllMissing,

    /// <summary>A regressor does not cover the periods asked for, or is not a finite number.</summary>
    Regressor,

    /// <summary>Text that is neither a calendar nor a table of the stated form.</summary>
    Malformed,
}
