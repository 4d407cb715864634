using System.Diagnostics;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Forecasting;
using ChainSync.AnalyticsBench;

var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? Path.Combine("..", "shared", "data");
var sets = new Dictionary<string, Func<string, DataSet>> { ["m5"] = SupermarketData.Departments, ["rossmann"] = DrugStoreData.Stores, ["items"] = SupermarketData.Items };
var chosen = args.Length > 0 ? args[0].Split(',') : [.. sets.Keys];
var onlyModels = args.Length > 1 ? args[1].Split(',') : null;
foreach (var name in chosen)
{
    var set = sets[name](root);
    Console.WriteLine($"# {set.Name}: {set.Panel.Count} series, scored origins {string.Join(' ', set.ScoredOrigins)}");
    var scored = set.ScoredOrigins.ToHashSet();
    foreach (var model in ForecastModels.Singles.Where(m => (onlyModels?.Contains(m.Name) ?? true) && (set.Models.Count == 0 || set.Models.Contains(m.Name))))
    {
        var watch = Stopwatch.StartNew();
        var replays = Backtest.Run(model, set.Panel, set.Plan);
        foreach (var level in replays.GroupBy(r => r.Group))
        {
            var figures = set.Horizons.Select(h => Accuracy.Of(level.Where(r => scored.Contains(r.Origin)), h)).ToList();
            Console.WriteLine($"{model.Name,-10} {level.Key,-11} {string.Join(" ", figures.Select(f => f.Wape.ToString("0.0000")))}  total {string.Join(" ", figures.Select(f => f.TotalWape.ToString("0.000")))} mase {figures[^1].Mase:0.000} bias {figures[^1].Bias:+0.000;-0.000}  {watch.Elapsed.TotalSeconds:0.0} s");
        }
    }
}
