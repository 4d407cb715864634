using ChainSync.Analytics.Questions;
using Xunit;

namespace ChainSync.Analytics.Tests.Questions;

/// <summary>A shop with names of its own, none of which the labelled questions use.</summary>
internal static class TestShop
{
    public static readonly DateOnly Today = new(2026, 9, 10); // a Thursday

    public static readonly string[] Stores = ["Riverside", "Hilltop", "Station Road", "Quayside"];

    public static readonly string[] Categories = ["Coffee", "Cheese", "Wine", "Garden", "Toys", "Pet Food"];

    public static readonly string[] Products =
        ["Flat White Beans 1kg", "Brie Wedge 200g", "Mature Cheddar 400g", "Pinot Noir 75cl", "Lavender Pot", "Wooden Train Set", "Cat Biscuits 2kg", "Dog Biscuits 5kg", "Rye Crackers 150g", "Lemon Curd 320g"];

    public static readonly string[] Suppliers = ["Hill Farm Dairy", "Vineyard Direct", "Happy Paws"];

    public static readonly ShopNames Names = new(
    [
        .. Stores.Select(n => new ShopName("store", n)),
        .. Categories.Select(n => new ShopName("category", n)),
        .. Products.Select(n => new ShopName("product", n)),
        .. Suppliers.Select(n => new ShopName("supplier", n)),
        .. new[] { "card", "cash", "gift card" }.Select(n => new ShopName("payment_method", n)),
        .. new[] { "store", "online" }.Select(n => new ShopName("channel", n)),
    ]);

    public static readonly QuestionParser Parser = new(MetricCatalogue.Standard, Names);

    public static QuestionOutcome Read(string question, AnalyticsQuery? last = null) => Parser.Read(question, Today, last);

    /// <summary>The query of a question that must be understood.</summary>
    public static AnalyticsQuery Query(string question, AnalyticsQuery? last = null) =>
        Assert.IsType<UnderstoodQuestion>(Read(question, last)).Reading.Query;
}
