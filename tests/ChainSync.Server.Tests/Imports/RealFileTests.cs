using Xunit;

namespace ChainSync.Server.Tests.Imports;

public sealed class RealFileTests : IAsyncLifetime
{
    private ImportStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await ImportStore.CreateAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Timing()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var done = await _store.ImportAsync(File.OpenRead(RetailFile.RealPath!), p => Console.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} {p.LinesRead} {p.LinesPerSecond}"));
        Console.WriteLine($"{done.Created} {done.Existing}");
        foreach (var (rule, lines) in done.Rules) Console.WriteLine($"{rule.Name} {lines}");
        foreach (var m in done.Months) Console.WriteLine(m);
    }
}
