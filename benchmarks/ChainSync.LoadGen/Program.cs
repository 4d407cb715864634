using ChainSync.LoadGen;

(string Name, string What, Func<BenchChain, Report, Task> Run)[] parts =
[
    ("sales", "sales through the API against a floor of the same statements without the server", SalesBench.RunAsync),
    ("latency", "from the request to the frame in another client's socket", LatencyBench.RunAsync),
    ("import", "real history imported, against a bare COPY of the same rows", ImportBench.RunAsync),
    ("reads", "a product page and a barcode lookup with 100,000 products", ReadsBench.RunAsync),
];

var wanted = args.Where(a => !a.StartsWith('-')).ToHashSet();
if (args.Contains("--help") || wanted.Except(parts.Select(p => p.Name)).Any())
{
    Console.WriteLine("Usage: ./bench [PART…]\n");
    foreach (var (name, what, _) in parts) Console.WriteLine($"  {name,-8} {what}");
    Console.WriteLine("""

        Others:
          analytics  forecasts on real data
          questions  questions in words, answered
          realtime   the hub beside SignalR, ws, socket.io and bare loops
        """);
    return wanted.Count == 0 ? 0 : 2;
}

var report = new Report("load");
await using var chain = await BenchChain.CreateAsync();
foreach (var (name, _, run) in parts.Where(p => wanted.Count == 0 || wanted.Contains(p.Name)))
{
    Console.Error.WriteLine($"{name} …");
    await run(chain, report);
}
report.Print();
return 0;
