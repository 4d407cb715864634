using System.Diagnostics;
using ChainSync.RealtimeBench;
using ChainSync.RealtimeBench.Clients;
using ChainSync.RealtimeBench.Parts;
using ChainSync.RealtimeBench.Peers;
using ChainSync.RealtimeBench.Reporting;

if (args.Contains("--help"))
{
    Console.WriteLine(BenchOptions.Usage + "\n");
    foreach (var part in Part.All) Console.WriteLine($"  {part.Name,-10} {part.Title}");
    Console.WriteLine($"\nPeers: {string.Join(", ", PeerKind.All.Select(p => p.Name))}");
    return 0;
}

var started = Stopwatch.GetTimestamp();
var options = BenchOptions.Parse(args);
var figures = new Figures();
using (var poller = new Poller())
{
    LiveRounds.Run(poller, options, figures);
    if (options.Wants(IdlePart.Part.Name))
    {
        foreach (var kind in options.Peers)
        {
            Console.Error.WriteLine($"idle: {kind.Title} …");
            IdlePart.Run(kind, poller, options, figures);
        }
    }
    if (options.Wants(LogPathPart.Part.Name))
    {
        Console.Error.WriteLine("log path …");
        await LogPathPart.RunAsync(poller, options, figures);
    }
}
var text = new Report(options, figures).Write(Stopwatch.GetElapsedTime(started));
Console.WriteLine(text);
// A part of the run, or a quick one, must not pass for the results.
if (options is { Quick: false, Parts.Count: 0 } && options.Peers.Count == PeerKind.All.Count)
    await File.WriteAllTextAsync(Path.Combine(Places.Results, "realtime.md"), text);
return 0;
