using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights;

/// <summary>Refuses input that contradicts itself, so that finders need not.</summary>
internal static class InsightCheck
{
    public static void Options(InsightOptions options)
    {
        Within(options.ServiceLevel, 0, 1, nameof(options.ServiceLevel));
        Within(options.BandLevel, 0, 1, nameof(options.BandLevel));
        Within(options.FalseAlarmRate, 0, 1, nameof(options.FalseAlarmRate));
        AtLeast(options.MaterialShare, 0, nameof(options.MaterialShare));
        AtLeast(options.MaterialSigmas, 0, nameof(options.MaterialSigmas));
        AtLeast(options.LeastShare, 0, nameof(options.LeastShare));
        AtLeast(options.QuietDays, 0, nameof(options.QuietDays));
        AtLeast(options.MostInsights, 1, nameof(options.MostInsights));
        AtLeast(options.MostPerKind, 1, nameof(options.MostPerKind));
        AtLeast(options.DeadDays, 1, nameof(options.DeadDays));
        AtLeast(options.SlowCoverDays, 1, nameof(options.SlowCoverDays));
        Within(options.PriceJump, 0, double.MaxValue, nameof(options.PriceJump));
        Within(options.PriceGap, 0, double.MaxValue, nameof(options.PriceGap));
        AtLeast(options.FewestPairs, 2, nameof(options.FewestPairs));
        AtLeast(options.LeastLift, 1, nameof(options.LeastLift));
        Within(options.MostPairedProducts, 1, 5001, nameof(options.MostPairedProducts));
        AtLeast(options.LargestBasket, 2, nameof(options.LargestBasket));
    }

    public static void Input(InsightInput input)
    {
        EndsYesterday(input.Revenue, input, "revenue");
        Require(input.CurrencyDigits is >= 0 and <= 4, InsightProblem.OutOfRange, input.StoreId, "A currency has 0 to 4 decimal places.");
        Distinct(input.Products.Select(p => p.Id), "product");
        Distinct(input.Watched.Select(w => w.Series.Id), "watched series");
        foreach (var product in input.Products)
            Product(product, input);
        foreach (var watched in input.Watched)
            Watched(watched, input);
        if (input.Baskets is { } baskets)
            Baskets(baskets);
        if (input.Staffing is { } staffing)
            Staffing(staffing, input);
    }

    private static void Product(ProductFacts product, InsightInput input)
    {
        EndsYesterday(product.Sales, input, product.Id);
        if (product.Forecast is { } forecast)
            StartsToday(forecast, Grain.Daily, input, product.Id);
        Require(product.CostMinor is null || IsAmount(product.CostMinor.Value), InsightProblem.OutOfRange, product.Id, $"The cost of '{product.Id}' is not an amount of at least 0.");
        Require(product.PricesElsewhereMinor.Values.All(p => p >= 0), InsightProblem.OutOfRange, product.Id, $"A price of '{product.Id}' in another store is below 0.");
        for (var i = 0; i < product.Prices.Count; i++)
        {
            Require(product.Prices[i].PriceMinor >= 0, InsightProblem.OutOfRange, product.Id, $"A price of '{product.Id}' is below 0.");
            Require(i == 0 || product.Prices[i].From > product.Prices[i - 1].From, InsightProblem.Unordered, product.Id, $"The prices of '{product.Id}' are not in rising order of day.");
        }
        if (product.Stock is { } stock)
        {
            Require(double.IsFinite(stock.OnHand), InsightProblem.OutOfRange, product.Id, $"The stock of '{product.Id}' is not a number.");
            Require(IsAmount(stock.Reserved), InsightProblem.OutOfRange, product.Id, $"The reserved stock of '{product.Id}' is not at least 0.");
            Require(stock.Inbound.All(o => double.IsFinite(o.Quantity) && o.Quantity > 0), InsightProblem.OutOfRange, product.Id, $"Goods of '{product.Id}' on their way are not above 0.");
        }
        if (product.Supply is { } supply)
            Require(
                supply.LeadDays >= 0 && supply.ReviewDays >= 1 && double.IsFinite(supply.PackSize) && supply.PackSize > 0 && IsAmount(supply.MinimumOrder) && supply.ServiceLevel is null or (> 0 and < 1),
                InsightProblem.OutOfRange,
                product.Id,
                $"A term of supply of '{product.Id}' is outside its range.");
    }

    private static void Watched(WatchedSeries watched, InsightInput input)
    {
        var id = watched.Series.Id;
        EndsYesterday(watched.Series, input, id);
        Require(double.IsFinite(watched.MinorPerUnit) && watched.MinorPerUnit > 0, InsightProblem.OutOfRange, id, $"The worth of a unit of '{id}' is not above 0.");
        foreach (var terms in watched.Promotions)
        {
            Require(watched.Series.Known.Columns.Any(c => c.Name == terms.Column), InsightProblem.UnknownName, id, $"Series '{id}' has no column '{terms.Column}'.");
            Require(double.IsFinite(terms.MarginNormalMinor) && double.IsFinite(terms.MarginPromotedMinor), InsightProblem.OutOfRange, id, $"A margin of '{terms.Column}' is not a number.");
        }
    }

    private static void Baskets(BasketSet baskets)
    {
        Require(baskets.From <= baskets.To, InsightProblem.Unordered, "baskets", "The baskets end before they begin.");
        Distinct(baskets.Products.Select(p => p.Id), "basket product");
        Require(baskets.Products.All(p => IsAmount(p.LineValueMinor)), InsightProblem.OutOfRange, "baskets", "The value of a basket line is not an amount of at least 0.");
        var lastSeen = new int[baskets.Products.Count];
        Array.Fill(lastSeen, -1);
        for (var b = 0; b < baskets.Baskets.Count; b++)
            foreach (var product in baskets.Baskets[b])
            {
                if (product < 0 || product >= lastSeen.Length)
                    throw new InsightException(InsightProblem.UnknownName, "baskets", $"Basket {b} names product {product} of {lastSeen.Length}.");
                if (lastSeen[product] == b)
                    throw new InsightException(InsightProblem.DuplicateId, "baskets", $"Basket {b} names product {product} twice.");
                lastSeen[product] = b;
            }
    }

    private static void Staffing(StaffingPlan plan, InsightInput input)
    {
        StartsToday(plan.Expected, Grain.Hourly, input, "staffing");
        Require(plan.People.Count <= plan.Expected.Horizon && plan.People.All(IsAmount), InsightProblem.OutOfRange, "staffing", "People are planned for hours that are not forecast, or fewer than 0.");
        Require(double.IsFinite(plan.PerPersonHour) && plan.PerPersonHour > 0, InsightProblem.OutOfRange, "staffing", "The transactions one person serves in an hour are not above 0.");
        Require(IsAmount(plan.WageMinor) && IsAmount(plan.WorthMinor) && plan.Least >= 0, InsightProblem.OutOfRange, "staffing", "A wage, a margin or the least people is below 0.");
    }

    private static void EndsYesterday(TimeSeries series, InsightInput input, string subject)
    {
        Require(series.Grain == Grain.Daily, InsightProblem.Misaligned, subject, $"The series of '{subject}' is not daily.");
        var end = DateOnly.FromDateTime(series.TimeAt(series.Count));
        Require(end == input.Today && series.Start.TimeOfDay == TimeSpan.Zero, InsightProblem.Misaligned, subject, $"The series of '{subject}' ends before {end:yyyy-MM-dd}; today is {input.Today:yyyy-MM-dd}.");
    }

    private static void StartsToday(Forecast forecast, Grain grain, InsightInput input, string subject)
    {
        Require(forecast.Grain == grain, InsightProblem.Misaligned, subject, $"The forecast of '{subject}' is not {grain}.");
        Require(forecast.Start == input.Today.ToDateTime(TimeOnly.MinValue), InsightProblem.Misaligned, subject, $"The forecast of '{subject}' starts at {forecast.Start:yyyy-MM-dd HH:mm}; today is {input.Today:yyyy-MM-dd}.");
        Require(forecast.Mean.All(double.IsFinite), InsightProblem.OutOfRange, subject, $"The forecast of '{subject}' is not finite.");
    }

    private static void Distinct(IEnumerable<string> ids, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
            Require(seen.Add(id), InsightProblem.DuplicateId, id, $"There are two {what} entries with the id '{id}'.");
    }

    private static bool IsAmount(double value) => double.IsFinite(value) && value >= 0;

    private static void Require(bool holds, InsightProblem problem, string subject, string message)
    {
        if (!holds)
            throw new InsightException(problem, subject, message);
    }

    private static void Within(double value, double above, double below, string name)
    {
        if (!(value > above && value < below))
            throw new ArgumentOutOfRangeException(name, value, $"Must lie between {above} and {below}.");
    }

    private static void AtLeast(double value, double least, string name)
    {
        if (!(value >= least))
            throw new ArgumentOutOfRangeException(name, value, $"Must be at least {least}.");
    }
}
