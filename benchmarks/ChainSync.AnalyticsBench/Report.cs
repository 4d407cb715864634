using System.Globalization;
using System.Text;
using ChainSync.Analytics.Backtesting;

namespace ChainSync.AnalyticsBench;

/// <summary>Writes the tables to the console and to <c>analytics.md</c>, and one line per figure to <c>analytics.csv</c>.</summary>
internal sealed class Report : IDisposable
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _table = new("set,level,model,horizon,wape,total_wape,mase,smape,bias,coverage80,coverage95,fit_ms\n");
    private readonly string _folder;

    public Report(BenchOptions options)
    {
        _folder = options.Results;
        Line("# Forecast accuracy");
        Line("");
        Line($"`./bench analytics{(options.Quick ? " --quick" : "")}` on {Environment.ProcessorCount} cores, .NET {Environment.Version}. WAPE per period at three horizons, WAPE of the");
        Line("sums over the longest, MASE, bias, coverage of the 80 % and 95 % intervals, processor milliseconds to fit one series. Each scored");
        Line("origin sees weights and intervals learned from replays that had ended by then; intervals are scored at every origin with five ended");
        Line("ones to learn from, or as many as the newest has. R's `forecast` package answers for a sample of series drawn by a fixed seed, at the");
        Line("newest origins; the ensemble on exactly these splits stands beside it.");
    }

    public void Line(string text)
    {
        Console.WriteLine(text);
        _text.AppendLine(text);
    }

    public void Heading(DataSet set, string level, int series)
    {
        Line("");
        Line($"## {set.Name}, {level}: {series} series, {set.ScoredOrigins.Count} origins");
        Line("");
        Line($"| model | {string.Join(" | ", set.Horizons.Select(h => $"WAPE {h}"))} | total {set.Horizons[^1]} | MASE | bias | 80 % | 95 % | fit ms |");
        Line($"|---|{string.Concat(Enumerable.Repeat("---|", set.Horizons.Count + 6))}");
    }

    public void Row(DataSet set, string level, string model, IReadOnlyList<Accuracy> byHorizon, double fitMilliseconds)
    {
        var last = byHorizon[^1];
        Line(string.Create(CultureInfo.InvariantCulture,
            $"| {model} | {string.Join(" | ", byHorizon.Select(a => a.Wape.ToString("0.0000", CultureInfo.InvariantCulture)))} | {last.TotalWape:0.000} | {last.Mase:0.000} | {last.Bias:+0.000;-0.000} | {Covered(last, 0.8)} | {Covered(last, 0.95)} | {Time(fitMilliseconds)} |"));
        for (var i = 0; i < byHorizon.Count; i++)
        {
            var a = byHorizon[i];
            _table.AppendLine(CultureInfo.InvariantCulture,
                $"{set.Name},{level},{model},{set.Horizons[i]},{a.Wape:0.00000},{a.TotalWape:0.00000},{a.Mase:0.0000},{a.Smape:0.0000},{a.Bias:0.0000},{a.Coverage.GetValueOrDefault(0.8):0.0000},{a.Coverage.GetValueOrDefault(0.95):0.0000},{fitMilliseconds:0.00}");
        }
    }

    public void Dispose()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "analytics.md"), _text.ToString());
        File.WriteAllText(Path.Combine(_folder, "analytics.csv"), _table.ToString());
    }

    private static string Covered(Accuracy accuracy, double level) =>
        accuracy.Coverage.TryGetValue(level, out var share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) : "";

    private static string Time(double milliseconds) =>
        double.IsNaN(milliseconds) ? "" : milliseconds.ToString(milliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
