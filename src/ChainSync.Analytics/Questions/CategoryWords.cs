namespace ChainSync.Analytics.Questions;

/// <summary>
/// What customers and staff call the departments that most shops have. Only a beginning of such words names the department, so
/// that "goods" alone is none.
/// </summary>
internal static class CategoryWords
{
    private static readonly Dictionary<string, string[]> Spoken = new(StringComparer.OrdinalIgnoreCase)
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

    /// <summary>Other words for a category; none when the shop's own name is all there is.</summary>
    public static IEnumerable<string> For(ShopName name) =>
        name.Field == "category" && Spoken.TryGetValue(name.Name, out var words) ? words : [];
}
