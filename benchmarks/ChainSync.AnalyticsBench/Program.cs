using ChainSync.AnalyticsBench;

var root = Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") ?? Path.Combine("..", "shared", "data");
BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}
using var stop = new Stop(options.Limit);
return await new BenchRun(options, stop).RunAsync(root);
