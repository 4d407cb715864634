namespace ChainSync.Analytics.Questions;

/// <summary>A condition on one grouped metric, such as <c>units_sold &gt; 100</c>.</summary>
/// <param name="Field">Catalogue name of the metric, or its growth (<c>revenue_growth_pct</c>) when the query compares.</param>
/// <param name="Op">How the metric is compared; never <see cref="QueryOperator.In"/> or <see cref="QueryOperator.NotIn"/>.</param>
/// <param name="Value">In the metric's own unit: major money units, per cent (10 is 10 %), days or a count.</param>
public sealed record QueryHaving(string Field, QueryOperator Op, double Value);
