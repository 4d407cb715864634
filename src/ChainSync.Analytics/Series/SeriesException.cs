namespace ChainSync.Analytics.Series;

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
