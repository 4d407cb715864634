using ChainSync.EndToEnd;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace ChainSync.EndToEnd;

/// <summary>The one browser of the test run; every visitor has a profile of their own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Installed = "/usr/bin/chromium";

    // A machine that is busy with other tests is slow, not broken.
    private const int PatienceMilliseconds = 20_000;

    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable(),
            Headless = true,
            ChromiumSandbox = Environment.UserName != "root",
            Args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    // ./test names one; without any, Playwright's own is used if it is there.
    private static string? Executable() => Environment.GetEnvironmentVariable("CHAINSYNC_CHROMIUM") switch
    {
        { Length: > 0 } named => named,
        _ => File.Exists(Installed) ? Installed : null,
    };
}
