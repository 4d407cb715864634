using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Insights;
using MathNet.Numerics.Distributions;

namespace ChainSync.InsightsBench;

internal static partial class Recomputation
{
    /// <summary>Error sizes by product, kept because each claim of a morning needs them.</summary>
    private static readonly ConditionalWeakTable<IReadOnlyList<Replay>, ConcurrentDictionary<string, Dictionary<string, double>>> Units = [];

    /// <summary>Equally likely demands of the next days, straight from the replays.</summary>
    private static List<double> Outcomes(ProductFacts product, IReadOnlyList<Replay> replays, double expected, int days)
    {
        static double Scale(double e) => Math.Pow(Math.Max(e, 0.05), 0.6);
        static (double Expected, double Actual)? Sum(Replay replay, int days)
        {
            var known = Enumerable.Range(0, days).Where(h => h < replay.Actual.Length && !double.IsNaN(replay.Actual[h])).ToList();
            return replay.Actual.Length < days || known.Count < 0.8 * days ? null : (known.Sum(h => Math.Max(0, replay.Predicted[h])), known.Sum(h => replay.Actual[h]));
        }
        var group = replays.Where(r => r.Group == product.Sales.Group).ToList();
        var unit = Units.GetValue(replays, _ => []).GetOrAdd(product.Sales.Group, _ =>
        {
            var misses = group.Select(r => (r.SeriesId, Misses: Enumerable.Range(1, r.Actual.Length).Select(d => Sum(r, d)).Where(s => s is not null)
                .Select(s => Math.Abs(s!.Value.Actual - s.Value.Expected) / Scale(s.Value.Expected)).ToList()))
                .Where(m => m.Misses.Count > 0).Select(m => (m.SeriesId, Miss: m.Misses.Average())).ToList();
            var usual = misses.Average(m => m.Miss);
            return misses.GroupBy(m => m.SeriesId).ToDictionary(g => g.Key, g => Math.Min(3, Math.Max(1 / 3.0, (g.Sum(m => m.Miss) + 10 * usual) / (g.Count() + 10) / usual)));
        });
        var errors = group.Select(r => (r.SeriesId, Sum: Sum(r, days))).Where(s => s.Sum is not null)
            .Select(s => (s.Sum!.Value.Expected, Error: (s.Sum.Value.Actual - s.Sum.Value.Expected) / (unit[s.SeriesId] * Scale(s.Sum.Value.Expected))))
            .OrderBy(e => e.Expected).ThenBy(e => e.Error).ToList();
        if (errors.Count > 4000)
            throw new InvalidOperationException("More replays than a distribution keeps.");
        var smaller = errors.Where(e => e.Expected < expected).Reverse().Select((e, rank) => (e.Error, Distance: expected - e.Expected, Side: 0, rank));
        var larger = errors.Where(e => e.Expected >= expected).Select((e, rank) => (e.Error, Distance: e.Expected - expected, Side: 1, rank));
        return [.. smaller.Concat(larger).OrderBy(e => e.Distance).ThenBy(e => e.Side).ThenBy(e => e.rank).Take(400)
            .Select(e => Math.Max(0, expected + unit.GetValueOrDefault(product.Id, 1) * Scale(expected) * e.Error)).Order()];
    }

    private static double Quantile(List<double> outcomes, double p) => outcomes[Math.Min(outcomes.Count, (int)Math.Ceiling((outcomes.Count + 1) * p)) - 1];

    private static Dictionary<string, double> Reorder(ProductFacts product, Morning morning, InsightOptions options)
    {
        var (stock, supply) = (product.Stock!, product.Supply!);
        var days = supply.LeadDays + supply.ReviewDays;
        var expected = product.Forecast!.Mean.Take(days).Sum(m => Math.Max(0, m));
        var outcomes = Outcomes(product, morning.Replays, expected, days);
        var point = Quantile(outcomes, supply.ServiceLevel ?? options.ServiceLevel);
        if (KnownDays(product.Sales).All(d => d.Value % 1 == 0))
            point = Math.Round(point);
        var position = stock.OnHand - stock.Reserved + stock.Inbound.Sum(o => o.Quantity);
        var quantity = 0.0;
        if (position < point)
            while (quantity < point - position || quantity < supply.MinimumOrder)
                quantity += supply.PackSize;
        return new()
        {
            ["position"] = position,
            ["expectedDemand"] = expected,
            ["reorderPoint"] = point,
            ["quantity"] = quantity,
            ["expectedShortage"] = outcomes.Average(o => Math.Max(0, o - position)),
        };
    }

    private static Dictionary<string, double> StockOut(ProductFacts product, Morning morning, InsightOptions options)
    {
        var (stock, supply, today) = (product.Stock!, product.Supply!, morning.Input.Today);
        double Available(int h) => stock.OnHand - stock.Reserved + stock.Inbound.Where(o => o.Arrives <= today.AddDays(h)).Sum(o => o.Quantity);
        var horizon = Math.Min(product.Forecast!.Horizon, morning.Replays.Max(r => r.Actual.Length));
        List<double> Demand(int days) => Outcomes(product, morning.Replays, product.Forecast.Mean.Take(days).Sum(m => Math.Max(0, m)), days);
        var demands = Enumerable.Range(1, horizon).Select(Demand).ToList();
        int First(double p) => demands.FindIndex(d => Quantile(d, p) > Available(demands.IndexOf(d)));
        var (early, middle, late) = (First((1 + options.BandLevel) / 2), First(0.5), First((1 - options.BandLevel) / 2));
        var lead = Demand(supply.LeadDays);
        var available = Available(supply.LeadDays - 1);
        var shortage = lead.Average(o => Math.Max(0, o - available));
        return new()
        {
            ["availableInLead"] = available,
            ["expectedDemandInLead"] = product.Forecast.Mean.Take(supply.LeadDays).Sum(m => Math.Max(0, m)),
            ["earliestDay"] = today.DayNumber + early,
            ["medianDay"] = today.DayNumber + middle,
            ["latestDay"] = today.DayNumber + (late < 0 ? horizon - 1 : late),
            ["latestIsOpen"] = late < 0 ? 1 : 0,
            ["chance"] = lead.Count(o => o > available) / (lead.Count + 1.0),
            ["expectedShortage"] = shortage,
            ["quantity"] = Math.Ceiling(shortage),
        };
    }

    private static Dictionary<string, double> DeadStock(ProductFacts product, InsightOptions options)
    {
        var days = KnownDays(product.Sales);
        return new()
        {
            ["sold"] = days.TakeLast(options.DeadDays).Sum(d => d.Value),
            ["soldBefore"] = days.SkipLast(options.DeadDays).TakeLast(options.DeadDays).Sum(d => d.Value),
            ["tiedUpMinor"] = (product.Stock!.OnHand - product.Stock.Reserved) * product.CostMinor!.Value,
        };
    }

    private static Dictionary<string, double> SlowStock(ProductFacts product, InsightOptions options)
    {
        var days = KnownDays(product.Sales).TakeLast(56).ToList();
        var (sold, available) = (days.Sum(d => d.Value), product.Stock!.OnHand - product.Stock.Reserved);
        // The largest mean under which so few sales still have a chance of 5 %, found by halving.
        var (low, high) = (0.0, 10 * sold + 20);
        for (var step = 0; step < 200; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Poisson.CDF(middle, sold) > 0.05 ? (middle, high) : (low, middle);
        }
        var fastest = low / days.Count;
        return new()
        {
            ["sold"] = sold,
            ["perDay"] = sold / days.Count,
            ["fastestPerDay"] = fastest,
            ["leastCoverDays"] = available / fastest,
            ["excess"] = available - fastest * options.SlowCoverDays,
            ["excessMinor"] = (available - fastest * options.SlowCoverDays) * product.CostMinor!.Value,
        };
    }
}
