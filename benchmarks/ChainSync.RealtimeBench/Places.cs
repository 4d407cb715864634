namespace ChainSync.RealtimeBench;

/// <summary>Where things lie in the checkout.</summary>
internal static class Places
{
    private static readonly string Benchmarks = Find();

    public static string Results => Path.Combine(Benchmarks, "results");

    public static string NodePeers => Path.Combine(Benchmarks, "ChainSync.RealtimePeers", "node");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var benchmarks = Path.Combine(folder.FullName, "benchmarks");
            if (Directory.Exists(Path.Combine(benchmarks, "results"))) return benchmarks;
        }
        throw new DirectoryNotFoundException("The bench runs inside the checkout.");
    }
}
