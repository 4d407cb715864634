using System.Globalization;

namespace ChainSync.AnalyticsBench;

/// <summary>
/// Command line: <c>--sets a,b --models x,y --results folder --parallel n --no-r --r-minutes n --quick --replays folder</c>. By default everything,
/// beside R where it is installed, which is asked for 12 minutes at most; quick takes every second origin, two series per level for R, and no network. With a folder for replays, those
/// found there are taken as they are and others are kept there: for work on weights and intervals, which are made of them.
/// </summary>
internal sealed record BenchOptions(IReadOnlyList<Func<string, DataSet>> Sets, IReadOnlySet<string>? Models, string Results, int Parallelism, bool UsesR, TimeSpan TimeForR, bool Quick, string? Replays)
{
    private static readonly Dictionary<string, Func<string, DataSet>> Known = new(StringComparer.Ordinal)
    {
        ["m5"] = SupermarketData.Departments,
        ["rossmann"] = DrugStoreData.Stores,
        ["items"] = SupermarketData.Items,
        ["bakery"] = OtherData.Bakery,
        ["bakery-weather"] = OtherData.BakeryWithWeather,
        ["online"] = OtherData.OnlineRevenue,
        ["weekly"] = OtherData.WeeklyProducts,
        ["m4-weekly"] = OtherData.Weekly,
        ["m4-hourly"] = OtherData.Hourly,
    };

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions([.. Known.Values], null, Path.Combine("benchmarks", "results"), 1, PeersInR.IsInstalled, TimeSpan.FromMinutes(12), false, null);
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--sets" => options with { Sets = [.. args[++i].Split(',').Select(Set)] },
                "--models" => options with { Models = args[++i].Split(',').ToHashSet(StringComparer.Ordinal) },
                "--results" => options with { Results = args[++i] },
                "--parallel" => options with { Parallelism = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                "--replays" => options with { Replays = args[++i] },
                "--r-minutes" => options with { TimeForR = TimeSpan.FromMinutes(double.Parse(args[++i], CultureInfo.InvariantCulture)) },
                "--no-r" => options with { UsesR = false },
                "--quick" => options with { Quick = true },
                _ => throw new ArgumentException($"Unknown argument '{args[i]}'."),
            };
        return options;
    }

    private static Func<string, DataSet> Set(string name) =>
        Known.TryGetValue(name, out var load) ? load : throw new ArgumentException($"'{name}' is not a set; choose of {string.Join(", ", Known.Keys)}.");
}
