using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>The sets by the names of the command line.</summary>
internal static class DataSets
{
    private static readonly (string Name, Func<string, DataSet> Load)[] All =
    [
        ("m5", SupermarketData.Departments),
        ("rossmann", DrugStoreData.Stores),
        ("items", SupermarketData.Items),
        ("bakery", OtherData.Bakery),
        ("bakery-weather", OtherData.BakeryWithWeather),
        ("online", OtherData.OnlineRevenue),
        ("weekly", OtherData.WeeklyProducts),
        ("m4-weekly", OtherData.Weekly),
        ("m4-hourly", OtherData.Hourly),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(s => s.Name)];

    public static IReadOnlyList<string> Models { get; } = [.. ForecastModels.Singles.Select(m => m.Name)];

    /// <summary>Reads sets; one that is not there or cannot be read is left out, with the reason in one line.</summary>
    public static (List<DataSet> Sets, List<string> LeftOut) Load(IReadOnlyList<string> names, string root)
    {
        var (sets, leftOut) = (new List<DataSet>(), new List<string>());
        foreach (var name in names)
            try
            {
                var set = All.First(s => s.Name == name).Load(root);
                if (set.Empty.Count > 0)
                    leftOut.Add($"{set.Name}: left out, as they never sold: {string.Join(", ", set.Empty)}.");
                sets.Add(set.WithHistory() ?? throw new DataFileException($"no series is longer than {2 * set.Plan.Horizon} periods, a forecast and the history before it."));
            }
            catch (Exception e) when (e is DataFileException or IOException or UnauthorizedAccessException or SeriesException)
            {
                leftOut.Add($"{name} is left out: {e.Message.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}");
            }
        return (sets, leftOut);
    }
}
