namespace ChainSync.AnalyticsBench;

/// <summary>Command line: <c>--sets a,b --models x,y --results folder --parallel n --r n</c>. By default everything; R, where installed, forecasts n = 5 series per level.</summary>
internal sealed record BenchOptions(IReadOnlyList<Func<string, DataSet>> Sets, IReadOnlySet<string>? Models, string Results, int SeriesInR, int Parallelism)
{
    private static readonly Dictionary<string, Func<string, DataSet>> Known = new(StringComparer.Ordinal)
    {
        ["m5"] = SupermarketData.Departments,
        ["rossmann"] = DrugStoreData.Stores,
        ["items"] = SupermarketData.Items,
        ["bakery"] = OtherData.Bakery,
        ["online"] = OtherData.OnlineRevenue,
        ["weekly"] = OtherData.WeeklyProducts,
        ["m4-weekly"] = OtherData.Weekly,
        ["m4-hourly"] = OtherData.Hourly,
    };

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions([.. Known.Values], null, Path.Combine("benchmarks", "results"), HasR() ? 5 : 0, 1);
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--sets" => options with { Sets = [.. args[++i].Split(',').Select(s => Known[s])] },
                "--models" => options with { Models = args[++i].Split(',').ToHashSet(StringComparer.Ordinal) },
                "--results" => options with { Results = args[++i] },
                "--r" => options with { SeriesInR = int.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture) },
                "--parallel" => options with { Parallelism = int.Parse(args[++i], System.Globalization.CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown argument '{args[i]}'."),
            };
        return options;
    }

    private static bool HasR() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "Rscript")));
}
