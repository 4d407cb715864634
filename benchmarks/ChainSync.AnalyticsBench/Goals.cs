using System.Globalization;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;

namespace ChainSync.AnalyticsBench;

/// <summary>A promise, what the run measured of it, and whether that keeps it; null where that is too little to tell.</summary>
internal sealed record Goal(string Words, string Measured, bool? IsMet);

/// <summary>What was promised, as far as the figures known tell of it.</summary>
internal sealed class Goals(IReadOnlyList<SetTables> known)
{
    public const string MedianRow = "ensemble median";

    private const double MostBehindR = 0.02;

    private static readonly Dictionary<string, double> MostMilliseconds = new(StringComparer.Ordinal)
    {
        [ModelNames.Linear] = 50, [ModelNames.Theta] = 50, [ModelNames.Ets] = 50, [ModelNames.Arima] = 500, [ModelNames.Prophet] = 500, [ModelNames.Lstm] = 60_000.0 / 40,
    };

    private readonly List<Figure> _figures =
        [.. from set in known from level in set.Levels from row in level.Rows where IsKnown(row) select new Figure(set.Set.Name, level.Level, row, set.Set.Panel.Count)];

    private readonly List<AgainstR> _againstR =
        [.. from set in known from level in set.Levels let peers = level.Peers where peers is not null && IsKnown(peers.Ours) select AgainstR.Of($"{set.Set.Name}, {level.Level}", peers)];

    public IEnumerable<Goal> All() => [.. Accuracies(), .. Items(), .. Peers(), .. Coverage(), .. Times()];

    /// <summary>False where nothing was sold or nothing was scored.</summary>
    private static bool IsKnown(TableRow row) => row.ByHorizon.All(a => !double.IsNaN(a.Wape));

    /// <summary>Judged over all scored days, which is the longest horizon.</summary>
    private IEnumerable<Goal> Accuracies()
    {
        foreach (var (set, level, least) in ((string, string, double)[])[("m5-store-dept", "store", 0.92), ("m5-store-dept", "department", 0.89), ("rossmann-stores", "store", 0.91)])
            foreach (var f in Of(set, level, ModelNames.Ensemble))
                yield return new Goal(
                    $"{set}, {level} per day: accuracy at least {Percent(least)} over all scored days",
                    $"{Percent(1 - f.ByHorizon[^1].Wape)} ({string.Join(" / ", f.ByHorizon.Select(a => Percent(1 - a.Wape)))} by horizon)",
                    1 - f.ByHorizon[^1].Wape >= least);
    }

    private IEnumerable<Goal> Items()
    {
        const string Set = "m5-foods1-items";
        foreach (var naive in Of(Set, "item", ModelNames.SeasonalNaive))
        {
            foreach (var median in Of(Set, "item", MedianRow))
            {
                var gains = median.ByHorizon.Zip(naive.ByHorizon, (m, n) => 1 - m.Wape / n.Wape).ToArray();
                yield return new Goal("items per day: WAPE at least 22 % below seasonal naive", string.Join(" / ", gains.Select(Percent)) + " below at 7 / 14 / 30 days (median)", gains.Min() >= 0.22);
            }
            foreach (var mean in Of(Set, "item", ModelNames.Ensemble))
            {
                var gain = 1 - mean.ByHorizon[^1].TotalWape / naive.ByHorizon[^1].TotalWape;
                yield return new Goal("items, 30-day totals: WAPE at least 28 % below seasonal naive", Percent(gain) + " below (mean)", gain >= 0.28);
            }
        }
    }

    private IEnumerable<Goal> Peers()
    {
        foreach (var p in _againstR)
            yield return new Goal(
                $"{p.Where}: ensemble at most 2 % behind R's best",
                string.Create(CultureInfo.InvariantCulture, $"{p.Ours:0.0000} against {p.Theirs:0.0000} ({p.Best}){(p.IsWhole ? "" : $" on {p.Splits} of {p.Asked} splits")}"),
                p.Tells ? p.Ours <= p.Theirs * (1 + MostBehindR) : null);
        if (_againstR.Count > 0)
            yield return new Goal("ensemble better than R's best on most", $"{_againstR.Count(p => p.Ours < p.Theirs)} of {_againstR.Count}", 2 * _againstR.Count(p => p.Ours < p.Theirs) > _againstR.Count);
    }

    /// <summary>The ensemble is what a shop sees, level by level; all models together are one line.</summary>
    private IEnumerable<Goal> Coverage()
    {
        var banded = _figures.Where(f => f.ByHorizon[^1].Coverage.Count > 0).ToList();
        foreach (var f in banded.Where(f => f.Model == ModelNames.Ensemble))
            yield return new Goal(
                $"{f.Set}, {f.Level}: 80 % and 95 % intervals cover 76 to 84 % and 93 to 97 %",
                $"{Percent(Covers(f, 0.8))} and {Percent(Covers(f, 0.95))}",
                IsInside(f));
        if (banded.Count > 0)
            yield return new Goal("the same for every model on every level", $"{banded.Count(IsInside)} of {banded.Count} inside", banded.TrueForAll(IsInside));
    }

    private static bool IsInside(Figure figure) => Covers(figure, 0.8) is >= 0.76 and <= 0.84 && Covers(figure, 0.95) is >= 0.93 and <= 0.97;

    private IEnumerable<Goal> Times()
    {
        foreach (var model in _figures.Where(f => MostMilliseconds.ContainsKey(f.Model) && !(f.Model == ModelNames.Lstm && f.SeriesCount < 40)).GroupBy(f => f.Model))
        {
            var worst = model.MaxBy(f => f.FitMilliseconds)!;
            yield return new Goal(
                string.Create(CultureInfo.InvariantCulture, $"{model.Key}: at most {MostMilliseconds[model.Key]:0} ms to fit one series"),
                string.Create(CultureInfo.InvariantCulture, $"{worst.FitMilliseconds:0.0} ms ({worst.Set}, the slowest)"),
                worst.FitMilliseconds <= MostMilliseconds[model.Key]);
        }
    }

    private IEnumerable<Figure> Of(string set, string level, string model) => _figures.Where(f => f.Set == set && f.Level == level && f.Model == model);

    private static double Covers(Figure figure, double nominal) => figure.ByHorizon[^1].Coverage[nominal];

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private sealed record Figure(string Set, string Level, TableRow Row, int SeriesCount)
    {
        public string Model => Row.Model;

        public IReadOnlyList<Accuracy> ByHorizon => Row.ByHorizon;

        public double FitMilliseconds => Row.FitMilliseconds;
    }

    private sealed record AgainstR(string Where, double Ours, string Best, double Theirs, int Splits, int Asked)
    {
        public bool IsWhole => Splits >= Asked;

        /// <summary>Whether R got far enough for a verdict.</summary>
        public bool Tells => 2 * Splits >= Asked;

        public static AgainstR Of(string where, PeerRows peers)
        {
            var best = peers.Theirs.MinBy(t => t.ByHorizon[^1].Wape)!;
            return new AgainstR(where, peers.Ours.ByHorizon[^1].Wape, best.Model, best.ByHorizon[^1].Wape, peers.Splits, peers.Asked);
        }
    }
}
