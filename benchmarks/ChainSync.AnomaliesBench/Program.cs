using ChainSync.AnomaliesBench;

// Scores the detector on CHAINSYNC_DATA_DIR/injected-anomalies and /nab: ./bench anomalies [--sets injected,nab] [--results folder]
var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? ChosenThresholds.DefaultData;
string Argument(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : otherwise;
var sets = Argument("--sets", "injected,nab").Split(',');
var report = new Report(root);
if (sets.Contains("injected"))
    InjectedBench.Run(root, report);
if (sets.Contains("nab"))
    NabBench.Run(root, report);
report.Save(Argument("--results", Path.Combine("benchmarks", "results")));
return 0;
