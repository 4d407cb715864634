using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Changes;
using ChainSync.Analytics.Insights.Prices;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;

namespace ChainSync.InsightsBench;

/// <summary>
/// Real sales and prices of supermarket products. Stock is not in the data: it is simulated with a shopkeeper who orders two weeks of
/// the last four weeks' mean once a week and starts with too much of every tenth product. Cost is 70 % of the median price.
/// </summary>
internal static class SupermarketMornings
{
    private const int LeadDays = 5;
    private const int ReviewDays = 7;
    private const int Horizon = 30;

    /// <summary>A year, which a morning looks back on.</summary>
    private const int LearnedDays = 364;

    /// <summary>Mornings a week apart, the last one at the end of the data, the first a year after its beginning at the earliest.</summary>
    public static IEnumerable<Morning> Walk(string root, int weeks)
    {
        var all = SupermarketData.Items(root).Panel;
        var days = all.Count == 0 ? 0 : all[0].Count;
        if (days < LearnedDays)
            throw new DataFileException($"m5-foods1-items has {days} days, fewer than {LearnedDays}.");
        var first = days - 7 * Math.Min(weeks - 1, (days - LearnedDays) / 7);
        var items = all.Where(s => HasPrice(s) && s.Values[..first].ContainsAnyInRange(double.MinValue, double.MaxValue)).ToList();
        var known = items.Select(s => s.Head(first)).ToList();
        var (model, replays) = CalibratedModel.Train(ForecastModels.Named(ModelNames.Tsb), known, BacktestPlan.Rolling(Horizon, 16, 14, 4));
        var demand = DemandDistribution.Learn(replays);
        var shelves = items.Select((s, i) => new Shelf(s, first - 7 * 26, i % 10 == 0)).ToList();
        for (var day = first; day <= items[0].Count; day += 7)
        {
            foreach (var shelf in shelves)
                shelf.AdvanceTo(day);
            yield return new Morning(Describe(items, shelves, day, model.Model, demand), replays);
        }
    }

    private static InsightInput Describe(List<TimeSeries> items, List<Shelf> shelves, int day, FittedModel model, DemandDistribution demand)
    {
        var today = DateOnly.FromDateTime(items[0].TimeAt(day));
        var products = items.Select((s, i) => Product(s, shelves[i], day, model)).ToList();
        return new InsightInput
        {
            StoreId = "supermarket",
            Today = today,
            Revenue = Total(items, day, money: true),
            Products = products,
            Demand = demand,
            Watched =
            [
                new WatchedSeries(Total(items, day, money: false), "the department", 300),
                .. items.OrderByDescending(s => s.Values[(day - LearnedDays)..day].ToArray().Where(v => !double.IsNaN(v)).Sum()).Take(20)
                    .Select(s => new WatchedSeries(s.Head(day), s.Id, PriceMinor(s, day - 1))),
            ],
        };
    }

    private static ProductFacts Product(TimeSeries series, Shelf shelf, int day, FittedModel model)
    {
        var sales = series.Head(day).WithStockOuts(shelf.Empty.AsSpan(0, day));
        var mean = model.Predict(sales, Horizon);
        return new ProductFacts
        {
            Id = series.Id,
            Name = series.Id,
            Sales = sales,
            Forecast = new Forecast(series.Id, model.Name, Grain.Daily, series.TimeAt(day), mean, []),
            Stock = shelf.Position,
            Supply = new SupplyTerms(LeadDays, ReviewDays),
            CostMinor = Math.Round(0.7 * MedianPriceMinor(series, day)),
            Prices = Prices(series, day),
        };
    }

    private static TimeSeries Total(List<TimeSeries> items, int day, bool money)
    {
        var total = new double[day];
        foreach (var series in items)
            for (var i = 0; i < day; i++)
                if (!double.IsNaN(series.Values[i]))
                    total[i] += series.Values[i] * (money ? PriceMinor(series, i) : 1);
        return new TimeSeries(money ? "revenue" : "units", Grain.Daily, items[0].Start, total, items[0].Known);
    }

    private static bool HasPrice(TimeSeries series) => series.Known.Columns.Any(c => c.Kind == CovariateKind.Price);

    private static ReadOnlySpan<double> PriceColumn(TimeSeries series) => series.Known.Columns.First(c => c.Kind == CovariateKind.Price).Values.Span;

    private static long PriceMinor(TimeSeries series, int day) => (long)Math.Round(100 * PriceColumn(series)[day]);

    private static double MedianPriceMinor(TimeSeries series, int day)
    {
        var prices = PriceColumn(series)[..day].ToArray();
        Array.Sort(prices);
        return 100 * prices[prices.Length / 2];
    }

    private static List<PriceFrom> Prices(TimeSeries series, int day)
    {
        var prices = new List<PriceFrom>();
        for (var i = 0; i < day; i++)
            if (i == 0 || PriceMinor(series, i) != PriceMinor(series, i - 1))
                prices.Add(new PriceFrom(DateOnly.FromDateTime(series.TimeAt(i)), PriceMinor(series, i)));
        return prices;
    }

    /// <summary>One product's stock under the shopkeeper's rule.</summary>
    private sealed class Shelf
    {
        private readonly TimeSeries _demand;
        private readonly List<(int Day, double Quantity)> _inbound = [];
        private double _onHand;
        private int _day;

        public Shelf(TimeSeries demand, int from, bool tooMuch)
        {
            (_demand, _day, Empty) = (demand, from, new bool[demand.Count]);
            _onHand = tooMuch ? Math.Ceiling(400 * MeanPerDay()) + 60 : Math.Ceiling(14 * MeanPerDay());
        }

        /// <summary>Days that ended without goods.</summary>
        public bool[] Empty { get; }

        public StockPosition Position => new(
            _onHand, 0, [.. _inbound.Select(o => new InboundOrder(DateOnly.FromDateTime(_demand.TimeAt(o.Day)), o.Quantity))]);

        public void AdvanceTo(int day)
        {
            for (; _day < day; _day++)
            {
                _onHand += _inbound.Where(o => o.Day <= _day).Sum(o => o.Quantity);
                _inbound.RemoveAll(o => o.Day <= _day);
                if (_day % ReviewDays == 0 && Math.Ceiling(14 * MeanPerDay()) - _onHand - _inbound.Sum(o => o.Quantity) is > 0 and var gap)
                    _inbound.Add((_day + LeadDays, gap));
                var asked = double.IsNaN(_demand.Values[_day]) ? 0 : _demand.Values[_day];
                Empty[_day] = asked > _onHand;
                _onHand = Math.Max(0, _onHand - asked);
            }
        }

        private double MeanPerDay()
        {
            var (sum, count) = (0.0, 0);
            for (var i = Math.Max(0, _day - 28); i < _day; i++)
                if (!double.IsNaN(_demand.Values[i]))
                    (sum, count) = (sum + _demand.Values[i], count + 1);
            return count == 0 ? 0 : sum / count;
        }
    }
}
