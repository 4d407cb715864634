namespace ChainSync.Analytics.Questions.Slots;

/// <summary>
/// What a metric becomes when it is counted ("how many"), asked with "how much", valued ("worth"), averaged, rated
/// ("percentage") or shared ("share of"). Null keeps the metric itself.
/// </summary>
internal sealed record MetricForms(string? Count = null, string? Much = null, string? Amount = null, string? Average = null, string? Rate = null, string? Share = null)
{
    private static readonly Dictionary<string, MetricForms> Known = new()
    {
        ["sales"] = new("transactions", "revenue", "revenue", "avg_daily_revenue", null, "revenue_share"),
        ["refunds"] = new("refund_count", "refund_amount", "refund_amount", null, "return_rate", "return_rate"),
        ["revenue"] = new(Average: "avg_daily_revenue", Share: "revenue_share", Rate: "revenue_share"),
        ["units_sold"] = new(Share: "units_share", Rate: "units_share", Amount: "revenue"),
        ["transactions"] = new(Amount: "revenue", Share: "transactions_share", Rate: "transactions_share"),
        ["gross_profit"] = new(Rate: "margin_pct", Share: "profit_share"),
        ["margin_pct"] = new(Much: "gross_profit", Amount: "gross_profit"),
        ["discount_amount"] = new(Rate: "discount_rate", Average: "discount_rate", Share: "discount_rate"),
        ["refund_count"] = new(Amount: "refund_amount", Rate: "return_rate", Share: "return_rate"),
        ["stock_on_hand"] = new(Amount: "stock_value"),
        ["customers"] = new(Average: "revenue_per_customer"),
        ["avg_basket_value"] = new(),
    };

    /// <summary>The metric that <paramref name="metric"/> becomes under a quantity word; the metric itself when none applies.</summary>
    public static string Of(string metric, string? quantity)
    {
        var fallback = metric switch { "sales" => "revenue", "refunds" => "refund_count", _ => metric };
        return Known.TryGetValue(metric, out var forms) ? forms.Under(quantity) ?? fallback : fallback;
    }

    private string? Under(string? quantity) => quantity switch
    {
        "count" => Count,
        "much" => Much,
        "amount" => Amount,
        "average" => Average,
        "rate" => Rate,
        "share" => Share,
        _ => null,
    };
}
