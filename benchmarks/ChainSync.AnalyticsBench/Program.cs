using ChainSync.AnalyticsBench;

var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? Path.Combine("..", "shared", "data");
var options = BenchOptions.Parse(args);
using var report = new Report(options);
var sets = options.Sets.Select(load => load(root)).Select(set => options.Quick ? set.Quickened() : set).ToList();
var peers = new PeersInR(Path.Combine("artifacts", "bench", "r"), options.TimeForR);
var asked = sets.Select(set => options.UsesR ? peers.Ask(set) : null).ToList();
var goals = new Goals();
for (var i = 0; i < sets.Count; i++)
    await SetBench.RunAsync(sets[i], asked[i], options, report, goals);
goals.Print(report);
return 0;
