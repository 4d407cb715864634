namespace ChainSync.Analytics.Questions;

/// <summary>One live name of the shop that questions may mention.</summary>
/// <param name="Field">Catalogue name of its dimension: <c>store</c>, <c>category</c>, <c>product</c>, <c>supplier</c>, <c>payment_method</c> …</param>
/// <param name="Name">The name exactly as the host spells it; the value that filters carry.</param>
public sealed record ShopName(string Field, string Name)
{
    /// <summary>Other names people use for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
