namespace ChainSync.Analytics.Questions;

/// <summary>
/// What customers and staff call the departments and channels that most shops have. Only a beginning of such words names one, so
/// that "goods" alone is none.
/// </summary>
internal static class SpokenNames
{
    private static readonly Dictionary<string, string[]> Categories = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Beverages"] = ["drinks"],
        ["Drinks"] = ["beverages"],
        ["Bakery"] = ["baked goods"],
        ["Produce"] = ["fruit and veg", "fruit and vegetables"],
        ["Household"] = ["household goods", "cleaning products"],
        ["Personal Care"] = ["toiletries"],
        ["Frozen"] = ["frozen food", "frozen goods"],
        ["Snacks"] = ["nibbles", "snack foods"],
    };

    private static readonly Dictionary<string, string[]> Channels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Online"] = ["web", "website", "webshop", "internet", "ecommerce"],
    };

    /// <summary>Other words for a name; none when the shop's own is all there is.</summary>
    public static IEnumerable<string> For(ShopName name) =>
        (name.Field switch { "category" => Categories, "channel" => Channels, _ => null })?.GetValueOrDefault(name.Name) ?? [];
}
