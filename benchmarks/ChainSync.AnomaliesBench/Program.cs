using ChainSync.Analytics.Series;
using ChainSync.AnalyticsBench;
using ChainSync.AnomaliesBench;

// Scores the detector on CHAINSYNC_DATA_DIR/injected-anomalies and /nab: ./bench anomalies [--sets injected,nab] [--results folder]
var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? ChosenThresholds.DefaultData;
string Argument(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;
var sets = Argument("--sets", "injected,nab").Split(',');
var (report, measured) = (new Report(), 0);
if (sets.Contains("injected"))
    Measure("injected", () => InjectedBench.Run(root, report));
if (sets.Contains("nab"))
    Measure("nab", () => NabBench.Run(root, report));
if (measured == 0)
{
    Console.Error.WriteLine("There is nothing to measure: name the folder of the data in CHAINSYNC_DATA_DIR.");
    return 1;
}
report.Save(Argument("--results", Path.Combine("benchmarks", "results")));
return 0;

// A set that is not there or is broken is left out, with the reason.
void Measure(string set, Action run)
{
    try
    {
        run();
        measured++;
    }
    catch (Exception e) when (e is DataFileException or SeriesException or IOException or UnauthorizedAccessException)
    {
        var reason = $"{set} left out: {e.Message.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)}";
        Console.Error.WriteLine(reason);
        report.Line($"\n{reason}");
    }
}
