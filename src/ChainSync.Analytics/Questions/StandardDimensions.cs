using System.Globalization;

namespace ChainSync.Analytics.Questions;

/// <summary>The dimensions of a shop as ChainSync records them.</summary>
internal static class StandardDimensions
{
    public static readonly IReadOnlyList<DimensionDefinition> All =
    [
        new("date", "date", []),
        new("hour", "hour of the day", ["hour", "hour of the day", "hour of day", "time of day", "time of the day", "trading hour"])
        {
            Values = [.. Enumerable.Range(0, 24).Select(h => h.ToString(CultureInfo.InvariantCulture))],
            IsNumeric = true,
        },
        new("day_of_week", "day of the week", ["day of the week", "day of week", "weekday", "week day"])
        {
            Values = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        },
        new("store", "store", ["store", "shop", "branch", "location", "outlet", "site"]),
        new("category", "category", ["category", "department", "product group", "product category", "section", "product type"]),
        new("product", "product", ["product", "item", "sku", "article", "line item", "product line"]),
        new("supplier", "supplier", ["supplier", "vendor", "wholesaler", "manufacturer"]),
        new("customer", "customer", ["customer", "client", "shopper", "buyer"]),
        new("employee", "employee", ["employee", "cashier", "staff member", "member of staff", "salesperson", "seller", "team member",
            "colleague", "staff", "till operator", "operator", "checkout operator", "assistant", "shop assistant", "sales assistant", "teller"]),
        new("payment_method", "payment method", ["payment method", "payment type", "tender", "tender type", "method of payment",
            "means of payment", "way of paying"]),
        new("channel", "channel", ["channel", "sales channel"]),
        new("severity", "severity", ["severity"]) { Values = ["low", "medium", "high", "critical"] },
    ];
}
