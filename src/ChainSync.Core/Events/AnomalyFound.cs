namespace ChainSync.Core.Events;

/// <summary>A figure is not what it should be.</summary>
/// <param name="Id">The anomaly's id.</param>
/// <param name="Metric">The figure: <c>revenue</c>, <c>refunds</c> …</param>
/// <param name="Severity"><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</param>
/// <param name="Actual">What it is, in the metric's own unit (minor units, thousandths or a count).</param>
/// <param name="Expected">What it should be about, same unit.</param>
/// <param name="DetectedAt">When it was noticed, UTC.</param>
/// <param name="Message">The same in a sentence.</param>
/// <param name="ProductId">The product, where it is about one.</param>
public sealed record AnomalyFound(
    Guid Id, string Metric, string Severity, long Actual, long Expected, DateTimeOffset DetectedAt, string Message, Guid? ProductId = null);
