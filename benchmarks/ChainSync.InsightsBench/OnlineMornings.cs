using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Insights.Staffing;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.InsightsBench;

/// <summary>
/// Real invoices of an online retailer as baskets and as orders per hour. The rota is not in the data: two people in every hour of
/// business, who pick four orders an hour each.
/// </summary>
internal static class OnlineMornings
{
    private const int BasketDays = 180;

    /// <summary>What orders by the hour are learned from: seven weeks are replayed.</summary>
    private const int LeastDays = 56;
    private const int FirstHour = 7;
    private const int LastHour = 19;

    /// <summary>Mornings four weeks apart, the last one at the end of the data.</summary>
    public static IEnumerable<Morning> Walk(string root, int months)
    {
        var lines = Read(root);
        if (lines.Count == 0)
            throw new DataFileException("uci-online-retail has no sales.");
        var end = lines.Max(l => l.Time).Date.AddDays(1);
        var start = lines.Min(l => l.Time).Date;
        for (var back = 28 * (months - 1); back >= 0; back -= 28)
            if ((end.AddDays(-back) - start).Days >= LeastDays)
                yield return new Morning(Describe(lines, end.AddDays(-back)), []);
    }

    /// <summary>Sales with a product, units and a price; corrections and cancellations are left out.</summary>
    public static List<Line> Read(string root)
    {
        var lines = new List<Line>();
        foreach (var row in GzipCsv.Rows(GzipCsv.Find(Path.Combine(root, "uci-online-retail"), "*.csv.gz")))
            if (row[0].Length > 0 && row[0][0] is >= '0' and <= '9' && row[1].Length >= 5 && row[1].AsSpan(0, 5).IndexOfAnyExceptInRange('0', '9') < 0
                && row.Number(3) is > 0 and var quantity
                && row.Number(5) is > 0 and var price)
                lines.Add(new Line(row[0], row[1], row[2], quantity, row.Minute(4), price));
        return [.. lines.OrderBy(l => l.Time)];
    }

    /// <summary>Invoices of a stretch of days as baskets.</summary>
    public static BasketSet Baskets(IEnumerable<Line> lines, DateTime from, DateTime to)
    {
        var recent = lines.Where(l => l.Time >= from && l.Time < to).ToList();
        var products = recent.GroupBy(l => l.Product, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new BasketProduct(g.Key, g.First().Name, Math.Round(100 * g.Average(l => l.Quantity * l.Price)))).ToList();
        var place = products.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        int[][] baskets = [.. recent.GroupBy(l => l.Invoice, StringComparer.Ordinal).Select(g => g.Select(l => place[l.Product]).Distinct().ToArray())];
        return new BasketSet(DateOnly.FromDateTime(from), DateOnly.FromDateTime(to).AddDays(-1), products, baskets);
    }

    private static InsightInput Describe(List<Line> lines, DateTime today)
    {
        var start = lines[0].Time.Date;
        var revenue = new double[(today - start).Days];
        foreach (var line in lines)
            if (line.Time < today)
                revenue[(line.Time.Date - start).Days] += 100 * line.Quantity * line.Price;
        var closed = revenue.Select(r => r == 0).ToArray();
        return new InsightInput
        {
            StoreId = "online",
            Today = DateOnly.FromDateTime(today),
            Revenue = new TimeSeries("revenue", Grain.Daily, start, revenue, new Covariates(revenue.Length, [], closed)),
            Currency = "GBP",
            Baskets = Baskets(lines, today.AddDays(-BasketDays), today),
            Staffing = Staffing(lines, start, today),
        };
    }

    private static StaffingPlan Staffing(List<Line> lines, DateTime start, DateTime today)
    {
        var hours = (int)(today - start).TotalHours;
        var orders = new double[hours];
        foreach (var invoice in lines.Where(l => l.Time < today).GroupBy(l => l.Invoice, StringComparer.Ordinal))
            orders[(int)(invoice.First().Time - start).TotalHours]++;
        var closed = new bool[hours + 7 * 24];
        for (var i = 0; i < closed.Length; i++)
            closed[i] = start.AddHours(i) is var time && (time.DayOfWeek == DayOfWeek.Saturday || time.Hour is < FirstHour or > LastHour);
        var series = new TimeSeries("orders", Grain.Hourly, start, orders, new Covariates(closed.Length, [], closed));
        var plan = BacktestPlan.Rolling(horizon: 7 * 24, origins: 6, step: 7 * 24, refitEvery: 6);
        var expected = CalibratedModel.Train(ForecastModels.Named(ModelNames.Linear), [series], plan).Model.Forecast(series, 7 * 24);
        return new StaffingPlan(expected, [.. Enumerable.Range(hours, 7 * 24).Select(h => closed[h] ? 0.0 : 2)], 4, 1200, 4000);
    }
}

/// <summary>A line of an invoice.</summary>
internal readonly record struct Line(string Invoice, string Product, string Name, double Quantity, DateTime Time, double Price);
