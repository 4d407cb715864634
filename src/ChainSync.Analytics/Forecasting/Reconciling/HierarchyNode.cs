namespace ChainSync.Analytics.Forecasting.Reconciling;

/// <summary>A place in a hierarchy of sums: products below categories below the store.</summary>
/// <param name="SeriesId">Series whose values are the sum of the children's.</param>
/// <param name="Children">Parts; empty at the bottom.</param>
public sealed record HierarchyNode(string SeriesId, IReadOnlyList<HierarchyNode> Children);
