using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>
/// Hands splits of the sets to R's <c>forecast</c> package, a few series at a time, one process after the other beside our own replays,
/// and reads its forecasts back. Answers are kept under the hash of what was asked, so that only changed splits cost time again; when the
/// time for R is up, only kept answers count, and the tables say how many splits there are.
/// </summary>
internal sealed class PeersInR(string folder, TimeSpan limit)
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "peers.R");

    /// <summary>Weeks are quick to answer; a few hundred days take R half a minute.</summary>
    private const int WeeklyAtOnce = 30;

    private readonly Stopwatch _asking = Stopwatch.StartNew();
    private Task _last = Task.CompletedTask;

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "Rscript")));

    /// <summary>Queues a set; the task ends with the files of R's forecasts.</summary>
    public Task<IReadOnlyList<string>> Ask(DataSet set)
    {
        var answer = AnswerAfterAsync(_last, set.ForPeers());
        _last = answer;
        return answer;
    }

    /// <summary>R's forecasts as replays per model, with what then happened.</summary>
    public static Dictionary<string, List<Replay>> Read(DataSet set, IReadOnlyList<Replay> like, IEnumerable<string> files)
    {
        var pattern = like.ToDictionary(r => (r.SeriesId, r.Origin));
        var result = new Dictionary<string, List<Replay>>(StringComparer.Ordinal);
        var rows = files.SelectMany(f => File.ReadLines(f).Skip(1)).Select(l => l.Split(','));
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

    private async Task<IReadOnlyList<string>> AnswerAfterAsync(Task before, DataSet set)
    {
        await before;
        await Task.Yield();
        Directory.CreateDirectory(folder);
        var (files, watch) = (new List<string>(), Stopwatch.StartNew());
        foreach (var some in set.Panel.Chunk(set.Panel[0].Grain == Grain.Weekly ? WeeklyAtOnce : 1))
            if (await AnswerAsync(set with { Panel = some }) is { } answer)
                files.Add(answer);
        await Console.Error.WriteLineAsync($"{set.Name} R: {watch.Elapsed.TotalSeconds:0} s");
        return files;
    }

    private async Task<string?> AnswerAsync(DataSet set)
    {
        var question = new MemoryStream();
        await using (var writer = new StreamWriter(question, leaveOpen: true))
            WriteSplits(set, writer);
        byte[] whole = [.. question.ToArray(), .. await File.ReadAllBytesAsync(Script)];
        var key = Path.Combine(folder, $"{set.Name}-{Convert.ToHexStringLower(SHA256.HashData(whole))[..16]}");
        var answer = key + ".csv";
        if (File.Exists(answer))
            return answer;
        if (_asking.Elapsed >= limit)
            return null;
        await File.WriteAllBytesAsync(key + ".splits", question.ToArray());
        using var process = Process.Start(new ProcessStartInfo("nice", ["-n", "5", "Rscript", Script, key + ".splits", key + ".part"]))
            ?? throw new InvalidOperationException("Rscript does not start; install r-cran-forecast.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"R ended with {process.ExitCode} on {set.Name}.");
        File.Move(key + ".part", answer, overwrite: true);
        File.Delete(key + ".splits");
        return answer;
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
    private static void WriteSplits(DataSet set, StreamWriter writer)
    {
        var columns = Columns(set);
        writer.WriteLine($"series,origin,season,step,value,open{string.Concat(columns.Select((_, i) => $",x{i + 1}"))}");
        foreach (var origin in set.ScoredOrigins)
            foreach (var series in set.Panel.Where(s => s.Count > origin))
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
}
