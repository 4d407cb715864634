using System.Globalization;
using ChainSync.Analytics.Backtesting;
using ChainSync.Analytics.Series;

namespace ChainSync.AnalyticsBench;

/// <summary>One file of splits for R.</summary>
/// <param name="Set">What it is about.</param>
/// <param name="Number">Which of the set's questions, from 0.</param>
/// <param name="Splits">The file.</param>
internal sealed record QuestionForR(DataSet Set, int Number, byte[] Splits)
{
    /// <summary>Automatic ARIMA with a season of 24 takes minutes a series: all others are asked first.</summary>
    public bool IsOfHours => Set.Panel[0].Grain == Grain.Hourly;

    /// <summary>Grows with R's time for it: with the length of the file and of the season.</summary>
    public long Effort => (long)Splits.Length * Set.Panel[0].Grain.Season();
}

/// <summary>What R is asked of a set, and how its answers are read.</summary>
internal static class PeersInR
{
    /// <summary>Weeks are quick to answer; a few hundred days take R half a minute.</summary>
    private const int WeeklyAtOnce = 30;

    /// <summary>The splits of a set, a few series at a time. Where nothing is known before an origin there is nothing to ask.</summary>
    public static IEnumerable<QuestionForR> Questions(DataSet set)
    {
        var number = 0;
        foreach (var some in set.ForPeers().Panel.Chunk(set.Panel[0].Grain == Grain.Weekly ? WeeklyAtOnce : 1))
            if (Splits(set.ForPeers() with { Panel = some }) is { } splits)
                yield return new QuestionForR(set, number++, splits);
    }

    /// <summary>R's forecasts as replays per model, with what then happened.</summary>
    public static Dictionary<string, List<Replay>> Read(DataSet set, IReadOnlyList<Replay> like, IEnumerable<string> files)
    {
        var pattern = like.ToDictionary(r => (Series: Named(r.SeriesId), r.Origin));
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
    private static byte[]? Splits(DataSet set)
    {
        var (columns, some) = (Columns(set), false);
        var text = new MemoryStream();
        using (var writer = new StreamWriter(text, leaveOpen: true))
        {
            writer.WriteLine($"series,origin,season,step,value,open{string.Concat(columns.Select((_, i) => $",x{i + 1}"))}");
            foreach (var origin in set.ScoredOrigins)
                foreach (var series in set.Panel.Where(s => s.Count > origin && s.Values[..^origin].ContainsAnyInRange(double.MinValue, double.MaxValue)))
                {
                    WriteSplit(writer, series, origin, set.Plan.Horizon, columns);
                    some = true;
                }
        }
        return some ? text.ToArray() : null;
    }

    private static void WriteSplit(StreamWriter writer, TimeSeries series, int origin, int horizon, List<Func<Covariates, int, double>> columns)
    {
        var end = series.Count - origin;
        for (var i = 0; i < end + horizon; i++)
        {
            var value = i < end && !double.IsNaN(series.Values[i]) ? series.Values[i].ToString("R", CultureInfo.InvariantCulture) : "";
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"{Named(series.Id)},{origin},{series.Grain.Season()},{i - end + 1},{value},{(series.Known.IsOpen(i) ? 1 : 0)}"));
            foreach (var column in columns)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $",{(series.Known.IsNone ? 0 : column(series.Known, i)):0.####}"));
            writer.WriteLine();
        }
    }

    /// <summary>An id as R's tables can carry it: no separators, and nothing that they would take for a number.</summary>
    private static string Named(string id) =>
        (double.TryParse(id, CultureInfo.InvariantCulture, out _) ? "id " + id : id).Replace(',', ';').Replace('"', '\'').ReplaceLineEndings(" ");
}
