namespace ChainSync.Analytics.Insights;

/// <summary>Input that cannot be used; <see cref="Problem"/> names the cause and <see cref="SubjectId"/> the place.</summary>
public sealed class InsightException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The cause.</param>
    /// <param name="subjectId">Product, series or part of the input at fault.</param>
    /// <param name="message">One sentence for a person.</param>
    public InsightException(InsightProblem problem, string subjectId, string message)
        : base(message) => (Problem, SubjectId) = (problem, subjectId);

    /// <summary>The cause.</summary>
    public InsightProblem Problem { get; }

    /// <summary>Product, series or part of the input at fault.</summary>
    public string SubjectId { get; }
}
