using ChainSync.Server;
using ChainSync.Server.Features.Demo;
using ChainSync.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>
/// Pictures of every page of the demo for docs/screenshots, on one afternoon that is always the same. Made on request:
/// <c>dotnet artifacts/bin/ChainSync.EndToEnd/debug/ChainSync.EndToEnd.dll -explicit only</c>.
/// </summary>
public sealed class Screenshots(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "chainsync-demo";
    private static readonly string[] OnPhone = ["till", "paying", "receipt", "discount", "refund", "live"];
    private static readonly DateTimeOffset Afternoon = new(2026, 11, 20, 15, 24, 0, TimeSpan.Zero);

    private readonly MovableClock _clock = new();
    private TestDatabase _database = null!;
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _clock.Advance(Afternoon - _clock.GetUtcNow());
        _database = await TestDatabase.CreateAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddChainSync(_database.ConnectionString);
        _app = builder.Build();
        _app.UseChainSync();
        await _app.Services.GetRequiredService<DemoSeed>().RunAsync(CancellationToken.None);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory(Explicit = true)]
    [InlineData("light", 1280, 800)]
    [InlineData("dark", 1280, 800)]
    [InlineData("light", 360, 740)]
    [InlineData("dark", 360, 740)]
    public async Task Of_every_page(string scheme, int width, int height)
    {
        var isPhone = width < 600;
        await using var manager = await Visitor.EnterAsync(chromium.Browser, new Uri(_app.Urls.First()), width, height, isPhone);
        await manager.Page.EmulateMediaAsync(new() { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await manager.Context.Clock.InstallAsync(new() { TimeDate = _clock.GetUtcNow().UtcDateTime });
        async Task ShotAsync(string name)
        {
            if (isPhone && !OnPhone.Contains(name)) return;
            await manager.Page.Mouse.MoveAsync(0, 0); // nothing is shown as pointed at
            await manager.Page.ScreenshotAsync(new() { Path = PathOf($"{name}-{(isPhone ? "phone-" : "")}{scheme}"), Animations = ScreenshotAnimations.Disabled });
        }

        await manager.Page.GotoAsync("/stores/S1/sell");
        await Expect(manager.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await ShotAsync("sign-in");
        await manager.SignInAsync("manager@demo.example", Password);
        await Expect(manager.Page.GetByRole(AriaRole.Button, new() { Name = "Set up and start selling" })).ToBeVisibleAsync();
        await ShotAsync("register");
        await SellAsync(await Till.SetUpAsync(manager), ShotAsync);
        await OfficeAsync(manager.Page, ShotAsync);
        manager.AssertQuiet();
    }

    private static async Task SellAsync(Till till, Func<string, Task> shotAsync)
    {
        await shotAsync("till-empty");
        var tiles = till.Page.Locator("section button[title]");
        foreach (var tile in new[] { 0, 1, 3, 0, 6 })
        {
            await tiles.Nth(tile).ClickAsync();
        }
        await till.Keyboard.PressAsync("F4");
        var dialog = till.Page.GetByRole(AriaRole.Dialog, new() { Name = "Discount" });
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Discount" }).FillAsync("10");
        await shotAsync("discount");
        await till.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
        await shotAsync("till");
        await till.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay ") }).ClickAsync();
        await Expect(till.Page.GetByText("To pay")).ToBeVisibleAsync();
        await shotAsync("paying");
        await till.Page.GetByRole(AriaRole.Group, new() { Name = "Likely cash" }).GetByRole(AriaRole.Button).Nth(2).ClickAsync();
        await Expect(till.Receipt).ToBeVisibleAsync();
        await till.SentAsync();
        await shotAsync("receipt");
    }

    private static async Task OfficeAsync(IPage page, Func<string, Task> shotAsync)
    {
        await page.GotoAsync("/stores/S1/live");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Newest sales" })).ToBeVisibleAsync();
        await shotAsync("live");
        await page.GotoAsync("/stores/S1/sales");
        await Expect(page.GetByRole(AriaRole.Row).Nth(5)).ToBeVisibleAsync();
        await shotAsync("sales");
        await page.GetByRole(AriaRole.Row).Nth(1).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Refund" })).ToBeVisibleAsync();
        await shotAsync("sale");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Everything" }).ClickAsync();
        await shotAsync("refund");
        await page.GotoAsync("/stores/S1/products");
        await Expect(page.GetByRole(AriaRole.Row).Nth(5)).ToBeVisibleAsync();
        await shotAsync("products");
    }

    private static string PathOf(string name)
    {
        var folder = Environment.GetEnvironmentVariable("CHAINSYNC_SCREENSHOTS") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "screenshots");
        return Path.Combine(folder, name + ".png");
    }
}
