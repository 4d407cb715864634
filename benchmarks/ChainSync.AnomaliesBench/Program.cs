using ChainSync.AnomaliesBench;

// Scores the detector on CHAINSYNC_DATA_DIR/injected-anomalies and /nab: ./bench anomalies [--sets injected,nab] [--results folder]
var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? ChosenThresholds.DefaultData;
string Argument(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : otherwise;
var sets = Argument("--sets", "injected,nab").Split(',');
var report = new Report();
if (sets.Contains("injected") && Has("injected-anomalies"))
    InjectedBench.Run(root, report);
if (sets.Contains("nab") && Has("nab"))
    NabBench.Run(root, report);
report.Save(Argument("--results", Path.Combine("benchmarks", "results")));
return 0;

bool Has(string folder)
{
    var found = Directory.Exists(Path.Combine(root, folder));
    if (!found)
        Console.Error.WriteLine($"No {folder} in {root}: left out. Set CHAINSYNC_DATA_DIR.");
    return found;
}
