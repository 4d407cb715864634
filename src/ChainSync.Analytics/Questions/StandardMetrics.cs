using static ChainSync.Analytics.Questions.MetricKind;
using static ChainSync.Analytics.Questions.MetricUnit;

namespace ChainSync.Analytics.Questions;

/// <summary>The metrics of a shop as ChainSync records them, with the words people use for them.</summary>
internal static class StandardMetrics
{
    private static readonly IReadOnlyList<string> People = ["store", "category", "product", "supplier", "employee", "payment_method",
        "channel", "date", "hour", "day_of_week"];
    private static readonly IReadOnlyList<string> Staff = ["store", "employee", "date", "hour", "day_of_week"];

    private static readonly string[] Occasions = ["sale", "basket", "transaction", "order", "receipt", "ticket", "visit", "purchase", "checkout"];

    public static readonly IReadOnlyList<MetricDefinition> All =
    [
        // Sales
        new("revenue", "revenue", Money, Flow, "net sales after discounts, net of refunds")
        {
            Words = ["sales revenue", "net sales", "net revenue", "turnover", "takings", "sales value", "value of sales", "income",
                "earnings", "sales amount", "money", "total sales", "spend", "spending"],
            Aliases = ["net_sales", "sales", "net_revenue"], ForecastAs = "forecast_revenue", ShareAs = "revenue_share",
        },
        new("gross_sales", "gross sales", Money, Flow, "sales before discounts and refunds")
            { Words = ["gross revenue", "sales before discounts", "gross sales before discounts", "revenue before discounts", "takings before discounts",
                "turnover before discounts", "gross turnover", "gross takings"], Aliases = ["gross_revenue"] },
        new("units_sold", "units sold", Count, Flow, "units sold, less units returned")
        {
            Words = ["unit", "unit sales", "sales volume", "volume", "quantity sold", "quantity", "item sold", "items sold", "piece",
                "pieces sold", "sales in units", "sales units", "volume sold", "demand", "bottles of", "boxes of", "packs of",
                "packets of", "bags of", "cans of", "cartons of", "kilos of", "kg of", "litres of", "tins of", "tubs of", "jars of",
                "loaves of", "pieces of", "portions of", "copies of", "cases of", "packages of", "pairs of", "units of"],
            Aliases = ["units", "quantity_sold", "quantity"], ForecastAs = "forecast_units", ShareAs = "units_share",
        },
        new("transactions", "transactions", Count, Flow, "completed sales, one per receipt")
        {
            Words = ["order", "receipt", "ticket", "basket", "purchase", "checkout", "footfall", "number of sales", "sales count",
                "transaction count", "order count", "visit"],
            Aliases = ["transaction_count", "orders", "order_count",
                "sales_count"], ForecastAs = "forecast_transactions", ShareAs = "transactions_share",
        },
        new("avg_basket_value", "average basket value", Money, Flow, "revenue per transaction")
        {
            Words = ["basket value", "average basket", "average transaction value", "transaction value", "average order value",
                "order value", "aov", "atv", "average sale", "average ticket", "ticket size", "average receipt", "average transaction",
                "average order", "average purchase", "average spend", "average spend per transaction", "average spend per visit",
                "spend per visit", "revenue per transaction", "sales per transaction", "average sale value",
                "average revenue per transaction", "average ticket size", "average basket spend", "average purchase value",
                "average value of a basket", "average transaction size", "average order size", "average bill",
                .. Per(["revenue", "sales", "spend", "takings", "turnover", "money", "income"], Occasions)],
            Aliases = ["average_basket_value", "avg_transaction_value", "avg_order_value", "average_order_value"],
        },
        new("units_per_transaction", "units per transaction", Count, Flow, "units sold per transaction")
        {
            Words = ["item per basket", "items per transaction", "unit per basket", "items per order", "basket size",
                "average basket size", "upt", "average number of items per basket", "average number of items per transaction",
                "average items per basket", "average units per transaction", "average items per transaction", "products per basket",
                "products per transaction", "items per sale", "average number of products per basket", "items per customer",
                .. Per(["units", "items", "products", "pieces", "articles"], Occasions)],
            Aliases = ["items_per_basket", "avg_items_per_basket", "items_per_transaction", "avg_basket_size", "units_per_basket"],
        },
        new("avg_selling_price", "average selling price", Money, Flow, "revenue per unit sold")
        {
            Words = ["average price", "selling price", "asp", "average unit price", "average sale price", "average sales price",
                "price per unit", "revenue per unit", "price"],
            Aliases = ["avg_price", "average_price", "avg_unit_price", "average_selling_price"],
        },
        new("avg_daily_revenue", "average daily revenue", Money, Flow, "revenue per trading day")
        {
            Words = ["average daily sales", "average revenue per day", "average sales per day", "daily average revenue",
                "daily average sales", "revenue per day on average", "sales per day on average", "average takings per day",
                "average daily takings", "average daily turnover", "average day"],
            Aliases = ["average_daily_revenue", "revenue_per_day"],
        },

        // Profit
        new("gross_profit", "gross profit", Money, Flow, "revenue less cost of goods")
        {
            Words = ["profit", "margin amount", "gross margin amount", "contribution margin", "gross margin in money", "margin in money"],
            Aliases = ["profit", "margin", "margin_amount", "gross_margin_amount"], ShareAs = "profit_share",
        },
        new("margin_pct", "gross margin", Percent, Flow, "gross profit as a percentage of revenue")
        {
            Words = ["margin", "profit margin", "gross margin percentage", "margin percentage", "margin percent", "percentage margin",
                "gross profit margin", "markup", "margin rate", "gross margin percent", "profitability", "gross profit percentage",
                "profit percentage"],
            Aliases = ["gross_margin_pct", "gross_margin", "profit_margin", "margin_percent"],
        },
        new("cost_of_goods", "cost of goods sold", Money, Flow, "purchase cost of the units sold")
            { Words = ["cogs", "cost of goods", "cost of sales", "cost", "product cost", "goods cost"], Aliases = ["cogs", "cost",
                "cost_of_goods_sold"], LowerIsBetter = true },
        new("tax_amount", "tax", Money, Flow, "tax charged on sales")
            { Words = ["vat", "sales tax", "tax collected", "vat collected", "tax charged", "tax amount"], Aliases = ["tax", "vat",
                "tax_collected", "sales_tax"] },

        // Discounts and refunds
        new("discount_amount", "discount amount", Money, Flow, "money given away as discounts")
        {
            Words = ["discount", "discount value", "value of discount", "markdown", "money off", "discount given", "discount total",
                "price reduction"],
            Aliases = ["discounts", "discount", "total_discount"], LowerIsBetter = true,
        },
        new("discount_rate", "discount rate", Percent, Flow, "discounts as a percentage of gross sales")
        {
            Words = ["average discount", "discount percentage", "discount percent", "average discount rate", "average discount percentage"],
            Aliases = ["discount_pct", "avg_discount_pct", "discount_percentage"], LowerIsBetter = true,
        },
        new("refund_count", "refunds", Count, Flow, "refunds given")
        {
            Words = ["number of refunds", "refund count", "number of returns", "return count", "refund transaction"],
            Aliases = ["refunds", "returns", "return_count", "refunds_count"], LowerIsBetter = true,
        },
        new("refund_amount", "refund amount", Money, Flow, "money given back in refunds")
        {
            Words = ["refund value", "value of refund", "refund total", "refunded amount", "amount refunded", "return value",
                "value of return", "returns value", "money refunded", "total refunded", "money back"],
            Aliases = ["refunds_amount", "returns_amount", "return_amount", "refund_value", "returns_value"], LowerIsBetter = true,
        },
        new("units_returned", "units returned", Count, Flow, "units brought back")
            { Words = ["returned units", "items returned", "returned items", "unit returned",
                "products returned"], Aliases = ["returned_units", "units_refunded"], LowerIsBetter = true },
        new("return_rate", "return rate", Percent, Flow, "units returned as a percentage of units sold")
        {
            Words = ["refund rate", "rate of return", "rate of refund", "return percentage", "refund percentage",
                "percentage of returns", "percentage of refunds", "returns rate", "percentage of items returned",
                "percentage of sales returned", "share of items returned"],
            Aliases = ["refund_rate", "return_pct", "return_rate_pct"], LowerIsBetter = true,
        },

        // Customers and staff
        new("customers", "customers", Count, Flow, "different customers who bought")
        {
            Words = ["active customers", "unique customers", "number of customers", "customer count", "distinct customers",
                "number of shoppers", "customer number", "different customers", "customer numbers", "number of unique customers"],
            Aliases = ["customer_count", "unique_customers", "active_customers", "distinct_customers"], Dimensions = People,
            // Nobody can count tomorrow's different people; the visits they make can be forecast.
            ForecastAs = "forecast_transactions",
        },
        new("new_customers", "new customers", Count, Flow, "customers who bought for the first time")
        {
            Words = ["new vs", "new versus", "first time customers", "first time buyers", "customer sign ups", "new shoppers",
                "new buyers", "newly registered customers", "customers acquired", "customer acquisition", "new clients",
                "first time shoppers", "new sign ups"],
            Aliases = ["new_customer_count", "customers_new"], Dimensions = People,
        },
        new("returning_customers", "returning customers", Count, Flow, "customers who had bought before")
        {
            Words = ["repeat customers", "repeat buyers", "regular customers", "loyal customers", "regulars", "existing customers",
                "returning shoppers"],
            Aliases = ["repeat_customers"], Dimensions = People,
        },
        new("revenue_per_customer", "revenue per customer", Money, Flow, "revenue per different customer")
        {
            Words = ["average spend per customer", "spend per customer", "sales per customer", "average revenue per customer",
                "average customer spend", "average customer value", "customer spend",
                .. Per(["revenue", "sales", "spend", "takings", "turnover", "money", "income"], ["customer", "shopper", "client", "buyer", "head"])],
            Aliases = ["avg_customer_spend", "spend_per_customer", "avg_spend_per_customer", "avg_revenue_per_customer"], Dimensions = People,
        },
        new("hours_worked", "hours worked", Hours, Flow, "hours clocked by staff")
            { Words = ["labour hours", "labor hours", "staff hours", "working hours", "hours clocked"], Aliases = ["labour_hours",
                "labor_hours"], Dimensions = Staff },
        new("revenue_per_hour", "revenue per hour worked", Money, Flow, "revenue per hour clocked by staff")
        {
            Words = ["sales per labour hour", "sales per labor hour", "revenue per labour hour", "revenue per labor hour",
                "sales per hour worked", "staff productivity", "sales per staff hour",
                .. Per(["revenue", "sales", "takings", "turnover"], ["hour worked", "labour hour", "labor hour", "staff hour", "hour of work"])],
            Aliases = ["sales_per_labour_hour", "revenue_per_labour_hour"], Dimensions = Staff,
        },

        // Shares
        new("revenue_share", "share of revenue", Percent, Flow, "a member's part of all revenue in the range")
            { Words = ["revenue share", "sales share", "sales mix", "revenue mix", "share of sales", "payment mix", "category mix",
                "product mix", "channel mix"], Aliases = ["sales_share", "share_of_revenue"] },
        new("units_share", "share of units", Percent, Flow, "a member's part of all units sold in the range")
            { Words = ["unit share", "units mix", "volume share", "share of volume"], Aliases = ["unit_share", "units_sold_share"] },
        new("transactions_share", "share of transactions", Percent, Flow, "a member's part of all transactions in the range")
            { Words = ["transaction share"], Aliases = ["transaction_share", "orders_share"] },
        new("profit_share", "share of profit", Percent, Flow, "a member's part of all gross profit in the range")
            { Words = ["profit mix"], Aliases = ["gross_profit_share"] },

        // Stock
        new("stock_on_hand", "stock on hand", Count, Snapshot, "units in stock now")
        {
            Words = ["stock", "stock level", "inventory", "inventory level", "units in stock", "units on hand", "stock quantity",
                "quantity on hand", "available stock", "current stock", "units left", "on hand", "quantity in stock",
                "inventory on hand", "stock count", "stock position"],
            Aliases = ["stock", "inventory", "on_hand", "stock_level", "inventory_on_hand"],
        },
        new("sell_through_pct", "sell-through rate", Percent, Flow, "units sold as a percentage of units sold and left")
            { Words = ["sell through", "sell through rate", "sellthrough"], Aliases = ["sell_through",
                "sell_through_rate"], Dimensions = ["store", "category", "product", "supplier"] },
        new("stock_turn", "stock turn", Count, Flow, "cost of goods sold in the range, per year, over the stock value")
            { Words = ["inventory turn", "stock turnover", "inventory turnover", "stock turns",
                "turns"], Aliases = ["inventory_turnover", "stock_turnover"], Dimensions = ["store", "category", "product",
                "supplier"] },
        new("stock_value", "stock value", Money, Snapshot, "units in stock at purchase cost")
        {
            Words = ["inventory value", "value of stock", "value of inventory", "value of our stock", "value of our inventory",
                "stock worth", "inventory worth", "money tied up in stock", "capital tied up", "value of the stock",
                "value of the inventory", "money tied up in inventory", "cash tied up in stock", "cash tied up in inventory",
                "stock at cost", "money in stock", "cash in stock", "capital in stock", "money in inventory", "cash in inventory", "stock holding", "stockholding"],
            Aliases = ["inventory_value"],
        },
        new("days_of_cover", "days of cover", Days, Snapshot, "days the stock lasts at the recent rate of sale")
        {
            Words = ["days of stock", "day of cover", "day of stock", "days cover", "stock cover", "days of inventory", "cover",
                "days of supply", "days left", "stock coverage", "inventory cover"],
            Aliases = ["days_cover", "stock_cover", "days_of_stock", "days_of_inventory", "days_of_supply"],
        },

        // Ahead
        new("forecast_revenue", "forecast revenue", Money, Forecast, "expected net sales") { Words = ["revenue forecast",
            "sales forecast", "expected revenue", "predicted revenue", "projected revenue", "expected sales", "predicted sales",
            "projected sales"], Aliases = ["revenue_forecast"] },
        new("forecast_units", "forecast units", Count, Forecast, "expected units sold") { Words = ["demand forecast", "unit forecast",
            "expected demand", "predicted demand", "expected units", "projected demand"], Aliases = ["units_forecast",
            "forecast_demand"] },
        new("forecast_transactions", "forecast transactions", Count, Forecast,
            "expected number of sales") { Words = ["transaction forecast",
            "expected transactions"], Aliases = ["transactions_forecast"] },
        new("reorder_quantity", "quantity to reorder", Count, Recommendation,
            "units to order now, by lead time and service level") { Words = ["reorder quantity", "order quantity",
            "reorder suggestion", "reorder list", "replenishment", "purchase suggestion", "order list"], Aliases = ["reorder_qty",
            "order_quantity"] },
        new("staff_needed", "staff needed", Count, Recommendation, "people to have on the floor") { Words = ["staffing", "staff level",
            "staffing level"], Aliases = ["recommended_staff"], Dimensions = Staff },
        new("markdown_pct", "recommended markdown", Percent, Recommendation,
            "price cut that clears slow stock") { Words = ["markdown suggestion",
            "clearance suggestion"], Aliases = ["recommended_markdown"] },
    ];

    /// <summary>"units per sale", "average spend per visit": each noun over each occasion, plain and averaged.</summary>
    private static IEnumerable<string> Per(string[] nouns, string[] occasions) =>
        from noun in nouns
        from occasion in occasions
        from words in new[] { $"{noun} per {occasion}", $"average {noun} per {occasion}", $"average number of {noun} per {occasion}" }
        select words;
}
