using System.Diagnostics;
using System.Globalization;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Hands the scored splits of a set to R's <c>forecast</c> package and reads its forecasts back as replays.</summary>
internal static class PeersInR
{
    public static Dictionary<string, List<Replay>> Run(DataSet set, IReadOnlyList<Replay> like, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, "*.csv"))
            File.Delete(old);
        WriteSplits(set, Path.Combine(folder, "splits.csv"));
        var script = Path.Combine(AppContext.BaseDirectory, "peers.R");
        using var process = Process.Start(new ProcessStartInfo("Rscript", [script, folder]))
            ?? throw new InvalidOperationException("Rscript does not start; install r-cran-forecast.");
        process.WaitForExit();
        return process.ExitCode == 0
            ? Read(set, like, Path.Combine(folder, "forecasts.csv"))
            : throw new InvalidOperationException($"R ended with {process.ExitCode}.");
    }

    /// <summary>One block per series and origin: history, then the future with what is known of it. The value of the future is left out.</summary>
    private static void WriteSplits(DataSet set, string path)
    {
        var names = set.Panel.SelectMany(s => s.Known.Columns).Select(c => c.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        using var writer = new StreamWriter(path);
        writer.WriteLine($"series,origin,season,step,value,open{string.Concat(names.Select((_, i) => $",x{i + 1}"))}");
        foreach (var origin in set.ScoredOrigins)
            foreach (var series in set.Panel)
                WriteSplit(writer, series, origin, set.Plan.Horizon, names);
    }

    private static void WriteSplit(StreamWriter writer, TimeSeries series, int origin, int horizon, List<string> names)
    {
        var columns = names.Select(n => series.Known.Columns.FirstOrDefault(c => c.Name == n)).ToList();
        var end = series.Count - origin;
        for (var i = 0; i < end + horizon; i++)
        {
            var value = i < end && !double.IsNaN(series.Values[i]) ? series.Values[i].ToString("R", CultureInfo.InvariantCulture) : "";
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{series.Id},{origin},{series.Grain.Season()},{i - end + 1},{value},{(series.Known.IsOpen(i) ? 1 : 0)}"));
            foreach (var column in columns)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",{(column is null ? 0 : column.Values.Span[i]):0.####}"));
            writer.WriteLine();
        }
    }

    private static Dictionary<string, List<Replay>> Read(DataSet set, IReadOnlyList<Replay> like, string path)
    {
        var pattern = like.ToDictionary(r => (r.SeriesId, r.Origin));
        var result = new Dictionary<string, List<Replay>>(StringComparer.Ordinal);
        var rows = File.ReadLines(path).Skip(1).Select(l => l.Split(','));
        foreach (var block in rows.GroupBy(r => (Series: r[0], Origin: int.Parse(r[1], CultureInfo.InvariantCulture), Model: r[2])))
        {
            if (!pattern.TryGetValue((block.Key.Series, block.Key.Origin), out var replay))
                continue;
            var predicted = new double[set.Plan.Horizon];
            foreach (var row in block)
                predicted[int.Parse(row[3], CultureInfo.InvariantCulture) - 1] = double.Parse(row[4], CultureInfo.InvariantCulture);
            if (!result.TryGetValue(block.Key.Model, out var replays))
                result[block.Key.Model] = replays = [];
            replays.Add(replay with { Predicted = predicted, Bands = [] });
        }
        return result;
    }
}
