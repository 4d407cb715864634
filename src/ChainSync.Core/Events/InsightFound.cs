namespace ChainSync.Core.Events;

/// <summary>Something worth doing was found in the figures.</summary>
/// <param name="Id">The insight's id.</param>
/// <param name="Kind"><c>forecast</c>, <c>anomaly</c>, <c>recommendation</c> or <c>trend</c>.</param>
/// <param name="Severity"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Title">What to do, in a line.</param>
/// <param name="Actionable">Whether a person can do something about it.</param>
/// <param name="Message">Why, in a sentence.</param>
/// <param name="ProductId">The product, where it is about one.</param>
public sealed record InsightFound(
    Guid Id, string Kind, string Severity, string Title, bool Actionable, string Message, Guid? ProductId = null);
