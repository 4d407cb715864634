using System.Diagnostics;
using System.Globalization;
using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights;
using ChainSync.Analytics.Insights.Baskets;
using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;
using ChainSync.InsightsBench;

// Scores insights by rule on real data, follows the order advice for a year, and times the whole. Arguments: --results folder,
// --model name of the forecast behind the order advice, --years-back n to order in an earlier year.
var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? Path.Combine("..", "shared", "data");
var (results, model, yearsBack) = (Path.Combine("benchmarks", "results"), ModelNames.Croston, 0);
for (var i = 0; i + 1 < args.Length; i += 2)
    (results, model, yearsBack) = args[i] switch
    {
        "--results" => (args[i + 1], model, yearsBack),
        "--model" => (results, args[i + 1], yearsBack),
        "--years-back" => (results, model, int.Parse(args[i + 1], CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"Unknown argument '{args[i]}'."),
    };
var relevance = new Relevance(new InsightOptions());
var times = new List<(string, string, double)>();
var leftOut = new List<string>();
Measured("supermarket", () => Walk("supermarket", "of the products, a week apart", SupermarketMornings.Walk(root, 26)));
Measured("drug stores", () => Walk("drug stores", "of a store, four weeks apart", DrugStoreMornings.Walk(root, 12)));
Measured("online retailer", () => Walk("online retailer", "of 180 days of baskets and a week of hours", OnlineMornings.Walk(root, 4)));
Measured("injected", () => WalkInjected(InjectedMornings.Read(root)));
IReadOnlyList<ServiceComparison> service = [];
Measured("ordering", () => service = ReplenishmentScore.Measure([.. SupermarketData.Items(root).Panel.Where(s => s.Count > 364 * yearsBack).Select(s => s.Head(s.Count - 364 * yearsBack))], model, [3, 7]));
if (relevance.All.Count == 0)
{
    Console.Error.WriteLine("There is nothing to measure: name the folder of the data in CHAINSYNC_DATA_DIR.");
    return 1;
}
times.Add(("basket pairs alone", "100,000 baskets, 3,000 products", Baskets()));

var report = Report.Write(relevance, times, model, service, leftOut);
Console.WriteLine(report);
Directory.CreateDirectory(results);
File.WriteAllText(Path.Combine(results, "insights.md"), report);
return 0;

void WalkInjected(InjectedMornings injected) => Walk("injected", "of a store's series, a week apart", injected.Walk(), injected.Events);

void Walk(string source, string what, IEnumerable<Morning> mornings, ILookup<string, InjectedEvent>? events = null)
{
    var (time, count) = relevance.Walk(source, mornings, events);
    times.Add((source, string.Create(CultureInfo.InvariantCulture, $"{count:N0} mornings {what}"), time.TotalSeconds));
}

// A set that is not there or is broken is left out, with the reason.
void Measured(string source, Action measure)
{
    try
    {
        measure();
    }
    catch (Exception e) when (e is DataFileException or SeriesException or InsightException or IOException or UnauthorizedAccessException)
    {
        leftOut.Add($"{source} left out: {e.Message.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
        Console.Error.WriteLine(leftOut[^1]);
    }
}

// Baskets of one to twenty products, popular ones more often.
static double Baskets()
{
    var random = new Random(7);
    var products = Enumerable.Range(0, 3000).Select(i => new BasketProduct(i.ToString("0000", CultureInfo.InvariantCulture), $"product {i}", 300)).ToList();
    var baskets = Enumerable.Range(0, 100_000)
        .Select(_ => Enumerable.Range(0, 1 + random.Next(20)).Select(_ => (int)(3000 * random.NextDouble() * random.NextDouble())).Distinct().ToArray()).ToList();
    var start = new DateTime(2026, 1, 1);
    var input = new InsightInput
    {
        StoreId = "store",
        Today = DateOnly.FromDateTime(start),
        Revenue = new TimeSeries("revenue", Grain.Daily, start.AddDays(-1), Enumerable.Repeat(1e6, 1).ToArray()),
        Baskets = new BasketSet(new DateOnly(2025, 7, 1), new DateOnly(2025, 12, 31), products, baskets),
    };
    var begun = Stopwatch.GetTimestamp();
    _ = new InsightEngine().Run(input);
    return Stopwatch.GetElapsedTime(begun).TotalSeconds;
}
