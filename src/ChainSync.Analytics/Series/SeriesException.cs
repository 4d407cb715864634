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

/// <summary>Input that cannot be used; <see cref="Problem"/> and <see cref="Index"/> name the cause and the place.</summary>
public sealed class SeriesException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The cause.</param>
    /// <param name="index">Position of the offending point or line, 0-based; −1 when it is the whole input.</param>
    /// <param name="message">One sentence for a person.</param>
    public SeriesException(SeriesProblem problem, int index, string message)
        : base(message)
    {
        Problem = problem;
        Index = index;
    }

    /// <summary>The cause.</summary>
    public SeriesProblem Problem { get; }

    /// <summary>Position of the offending point or line, 0-based; −1 when it is the whole input.</summary>
    public int Index { get; }
}
