using ChainSync.AnalyticsBench;

var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? Path.Combine("..", "shared", "data");
var options = BenchOptions.Parse(args);
using var report = new Report(options.Results);
foreach (var load in options.Sets)
    SetBench.Run(load(root), options, report);
return 0;
