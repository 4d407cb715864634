using System.Diagnostics;
using System.Globalization;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>Hands the scored splits of a set to R's <c>forecast</c> package and reads its forecasts back as replays.</summary>
internal static class PeersInR
{
    public static Dictionary<string, List<Replay>> Run(DataSet whole, IReadOnlyList<Replay> like, string folder, int seriesPerLevel)
    {
        var set = whole with { Panel = Some(whole.Panel, seriesPerLevel) };
        Directory.CreateDirectory(folder);
        var (splits, forecasts) = (Path.Combine(folder, "splits.csv"), Path.Combine(folder, "forecasts.csv"));
        var fresh = splits + ".new";
        WriteSplits(set, fresh);
        if (!File.Exists(forecasts) || !File.Exists(splits) || !File.ReadLines(splits).SequenceEqual(File.ReadLines(fresh)))
        {
            File.Delete(forecasts);
            File.Move(fresh, splits, overwrite: true);
            Forecast(folder, Path.Combine(folder, "forecasts.new.csv"));
            File.Move(Path.Combine(folder, "forecasts.new.csv"), forecasts);
        }
        File.Delete(fresh);
        return Read(set, like, forecasts);
    }

    /// <summary>The first series of evenly spaced stretches of each level: R needs up to half a minute for one.</summary>
    private static List<TimeSeries> Some(IReadOnlyList<TimeSeries> panel, int perLevel) =>
    [
        .. panel.GroupBy(s => s.Group).SelectMany(level => level.Where((_, i) => i * perLevel / level.Count() != (i - 1) * perLevel / level.Count() || i == 0)),
    ];

    private static void Forecast(string folder, string output)
    {
        using var process = Process.Start(new ProcessStartInfo("Rscript", [Path.Combine(AppContext.BaseDirectory, "peers.R"), folder, output]))
            ?? throw new InvalidOperationException("Rscript does not start; install r-cran-forecast.");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"R ended with {process.ExitCode}.");
    }

    /// <summary>
    /// What R is told of the calendar: every planned state, price and number as it is, and for holidays one column for the days
    /// themselves and one for the day before, since automatic ARIMA with a hundred columns takes minutes per series.
    /// </summary>
    private static List<Func<Covariates, int, double>> Columns(DataSet set)
    {
        var all = set.Panel.SelectMany(s => s.Known.Columns).ToList();
        var columns = all.Where(c => c.Kind != CovariateKind.Holiday).Select(c => c.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => (Func<Covariates, int, double>)((known, i) => known.Columns.FirstOrDefault(c => c.Name == name)?.Values.Span[i] ?? 0)).ToList();
        if (all.Exists(c => c.Kind == CovariateKind.Holiday))
        {
            columns.Add((known, i) => Holiday(known, i, c => !c.Contains('+', StringComparison.Ordinal) && !c.Contains('-', StringComparison.Ordinal)));
            columns.Add((known, i) => Holiday(known, i, c => c.EndsWith("-1", StringComparison.Ordinal)));
        }
        return columns;
    }

    private static double Holiday(Covariates known, int index, Func<string, bool> named) =>
        known.Columns.Any(c => c.Kind == CovariateKind.Holiday && named(c.Name) && c.Values.Span[index] > 0) ? 1 : 0;

    /// <summary>One block per series and origin: history, then the future with what is known of it. The value of the future is left out.</summary>
    private static void WriteSplits(DataSet set, string path)
    {
        var columns = Columns(set);
        using var writer = new StreamWriter(path);
        writer.WriteLine($"series,origin,season,step,value,open{string.Concat(columns.Select((_, i) => $",x{i + 1}"))}");
        foreach (var origin in set.ScoredOrigins)
            foreach (var series in set.Panel)
                WriteSplit(writer, series, origin, set.Plan.Horizon, columns);
    }

    private static void WriteSplit(StreamWriter writer, TimeSeries series, int origin, int horizon, List<Func<Covariates, int, double>> columns)
    {
        var end = series.Count - origin;
        for (var i = 0; i < end + horizon; i++)
        {
            var value = i < end && !double.IsNaN(series.Values[i]) ? series.Values[i].ToString("R", CultureInfo.InvariantCulture) : "";
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{series.Id},{origin},{series.Grain.Season()},{i - end + 1},{value},{(series.Known.IsOpen(i) ? 1 : 0)}"));
            foreach (var column in columns)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",{(series.Known.IsNone ? 0 : column(series.Known, i)):0.####}"));
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
