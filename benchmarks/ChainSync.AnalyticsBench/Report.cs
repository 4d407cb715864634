using System.Globalization;
using System.Text;
using ChainSync.Analytics.Backtesting;

namespace ChainSync.AnalyticsBench;

/// <summary>How far a run is, as its report says it.</summary>
internal sealed record RunState(string Words)
{
    public static readonly RunState UnderWay = new("Still under way.");

    public static readonly RunState Complete = new("Complete.");
}

/// <summary>
/// The tables as <c>analytics.md</c>, and one line per figure as <c>analytics.csv</c>: written anew whenever something is known, whole each time.
/// All that it says of the run comes from the run.
/// </summary>
internal sealed class Report(BenchOptions options, int sets, IReadOnlyList<string> leftOut, RInterviews interviews, ReplayStore kept, Pace pace)
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _figures = new();

    public RunState State { get; set; } = RunState.UnderWay;

    public string File => Path.Combine(options.Results, "analytics.md");

    /// <summary>The report as last written.</summary>
    public string Text => _text.ToString();

    public void Write(IReadOnlyList<SetTables> known)
    {
        _text.Clear();
        _figures.Clear().Append("set,level,model,horizon,wape,total_wape,mase,smape,bias,coverage80,coverage95,fit_ms\n");
        Header(known);
        foreach (var set in known)
            foreach (var level in set.Levels)
                Table(set, level);
        Goals(known);
        Directory.CreateDirectory(options.Results);
        WholeFile.Write(File, Text);
        WholeFile.Write(Path.Combine(options.Results, "analytics.csv"), _figures.ToString());
    }

    private void Header(IReadOnlyList<SetTables> known)
    {
        Line("# Forecast accuracy");
        Line("");
        Line($"`./bench analytics{options.Asked}` on {Environment.ProcessorCount} cores, .NET {Environment.Version}: {State.Words}");
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"- Sets measured: {known.Count(s => s.IsWhole)} of {sets}, after {pace.Elapsed:h\\:mm\\:ss}."));
        foreach (var reason in leftOut)
            Line($"- {reason}");
        if (!options.Quick && known.Where(s => s.Set.IsQuick).Select(s => s.Set.Name).ToList() is { Count: > 0 } quickened)
            Line($"- Quickened to end in time: {string.Join("; ", quickened)}.");
        if (kept.Taken > 0)
            Line($"- Replays taken as another run kept them, with their fit times: {kept.Taken}.");
        Line($"- {OfR()}");
        Line("");
        Line("WAPE per period at three horizons, WAPE of the sums over the longest, MASE, bias, coverage of the 80 % and 95 % intervals, processor");
        Line("milliseconds to fit one series. Each scored origin sees weights and intervals learned from replays that had ended by then; intervals");
        Line("are scored at every origin with five ended ones to learn from, or as many as the newest has. R's `forecast` package answers for a");
        Line("sample of series drawn by a fixed seed, at the newest origins; the ensemble on exactly these splits stands beside it.");
    }

    private string OfR()
    {
        if (interviews.Limit <= TimeSpan.Zero)
            return "R was not asked.";
        if (!RInterviews.IsInstalled)
            return "R is not installed.";
        var minutes = interviews.Limit.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
        var trouble = interviews.Trouble is { } why ? $" {why}." : "";
        return $"R answered {interviews.Answered} of {interviews.Asked} questions, {interviews.Kept} of them in an earlier run; it had {minutes} minutes.{trouble}";
    }

    private void Table(SetTables tables, LevelTable level)
    {
        var set = tables.Set;
        if (level.Rows.Count == 0)
            return;
        Line("");
        Line($"## {set.Name}, {level.Level}: {level.Series} series, {set.ScoredOrigins.Count} origins{(set.IsQuick ? ", quick" : "")}{(tables.IsWhole ? "" : ", unfinished")}");
        Line("");
        Line($"| model | {string.Join(" | ", set.Horizons.Select(h => $"WAPE {h}"))} | total {set.Horizons[^1]} | MASE | bias | 80 % | 95 % | fit ms |");
        Line($"|---|{string.Concat(Enumerable.Repeat("---|", set.Horizons.Count + 6))}");
        foreach (var row in level.Rows)
            Row(set, level.Level, row);
        if (level.Peers is { } peers)
            foreach (var row in (TableRow[])[peers.Ours, .. peers.Theirs])
                Row(set, level.Level, row);
    }

    private void Row(DataSet set, string level, TableRow row)
    {
        var last = row.ByHorizon[^1];
        var errors = string.Join(" | ", row.ByHorizon.Select(a => Shown(a.Wape, "0.0000")));
        Line($"| {row.Model} | {errors} | {Shown(last.TotalWape, "0.000")} | {Shown(last.Mase, "0.000")} | {Shown(last.Bias, "+0.000;-0.000;0.000")} | {Covered(last, 0.8)} | {Covered(last, 0.95)} | {Time(row.FitMilliseconds)} |");
        foreach (var (a, horizon) in row.ByHorizon.Zip(set.Horizons))
            _figures.AppendLine(CultureInfo.InvariantCulture,
                $"{Field(set.Name)},{Field(level)},{Field(row.Model)},{horizon},{a.Wape:0.00000},{a.TotalWape:0.00000},{a.Mase:0.0000},{a.Smape:0.0000},{a.Bias:0.0000},{a.Coverage.GetValueOrDefault(0.8, double.NaN):0.0000},{a.Coverage.GetValueOrDefault(0.95, double.NaN):0.0000},{row.FitMilliseconds:0.00}");
    }

    private void Goals(IReadOnlyList<SetTables> known)
    {
        Line("");
        Line("## Goals");
        Line("");
        Line("| goal | measured | |");
        Line("|---|---|---|");
        foreach (var goal in new Goals(known).All())
            Line($"| {goal.Words} | {goal.Measured} | {goal.IsMet switch { true => "met", false => "missed", null => "too few splits" }} |");
    }

    private void Line(string text) => _text.Append(text).Append('\n');

    private static string Field(string text) => text.AsSpan().IndexOfAny(',', '"') < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Covered(Accuracy accuracy, double level) =>
        accuracy.Coverage.TryGetValue(level, out var share) ? Shown(100 * share, "0.0") : "";

    private static string Time(double milliseconds) => Shown(milliseconds, milliseconds < 10 ? "0.0" : "0");

    /// <summary>Empty where there is no figure: nothing sold, nothing scored.</summary>
    private static string Shown(double value, string format) => double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
}
