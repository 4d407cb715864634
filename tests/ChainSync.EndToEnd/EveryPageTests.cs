using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>What holds on every page, on a desk and on a phone.</summary>
public sealed class EveryPageTests(Chromium chromium, Shop shop) : Story(chromium, shop)
{
    private static readonly string[] Pages = ["live", "sell", "sales", "products"];

    [Fact]
    public async Task On_a_phone_total_and_Pay_stay_in_sight_and_the_ticket_opens_over_the_products()
    {
        var till = await OpenTillAsync(width: 360, height: 740, isTouch: true);

        await till.ScanAsync(0);
        await till.ScanAsync(4);
        var pay = till.Page.GetByRole(AriaRole.Button, new() { Name = "Pay 6,00 €" });

        await Expect(pay).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(till.Total).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(till.Lines.First).Not.ToBeInViewportAsync();
        await till.Page.GetByRole(AriaRole.Button, new() { Name = "Show the ticket" }).TapAsync();
        await Expect(till.Lines.First).ToBeInViewportAsync();
        await pay.TapAsync();
        await till.Page.GetByRole(AriaRole.Button, new() { Name = "Exact cash" }).TapAsync();
        await Expect(till.Receipt).ToBeVisibleAsync();
        await AssertFitsAsync(till.Page);
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(1280, 800)]
    public async Task Pages_fit_their_screen_and_name_what_can_be_pressed(int width, int height)
    {
        var till = await OpenTillAsync(width: width, height: height, isTouch: width < 600);
        await till.SellAsync(0);
        await till.SentAsync();

        foreach (var name in Pages)
        {
            await till.Page.GotoAsync($"/stores/S1/{name}");
            await Expect(till.Page.Locator("main")).ToBeVisibleAsync();
            await AssertSoundAsync(till.Page);
        }
        await till.Page.GotoAsync("/stores/S1/sales");
        await till.Page.GetByRole(AriaRole.Row).Nth(1).ClickAsync();
        await Expect(till.Page.GetByRole(AriaRole.Button, new() { Name = "Refund" })).ToBeVisibleAsync();
        await AssertSoundAsync(till.Page);
        await till.Cashier.SignOutAsync();
        await AssertSoundAsync(till.Page);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Where_the_focus_is_can_be_seen(ColorScheme scheme)
    {
        var visitor = await EnterAsync(Shop.Manager, "/stores/S1/live");
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Live" })).ToBeVisibleAsync();

        for (var stop = 0; stop < 5; stop++) // the account and the four pages
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            var outline = await visitor.Page.EvaluateAsync<string>(
                "() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement); return `${document.activeElement.tagName} ${outlineStyle} ${outlineWidth}` }");
            Assert.DoesNotMatch("^BODY| none | 0px$", outline);
        }
    }

    private static async Task AssertSoundAsync(IPage page)
    {
        await AssertFitsAsync(page);
        Assert.Empty(await NamelessAsync(page));
        Assert.Equal(1, await page.GetByRole(AriaRole.Main).CountAsync());
        Assert.NotEqual("", await page.TitleAsync());
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
    }

    private static async Task AssertFitsAsync(IPage page)
    {
        var tooWide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(tooWide <= 0, $"{page.Url} is {tooWide} px wider than the screen.");
    }

    /// <summary>Lines of the accessibility tree that can be used and have no name.</summary>
    private static async Task<IEnumerable<string>> NamelessAsync(IPage page)
    {
        var tree = await page.Locator("body").AriaSnapshotAsync();
        string[] roles = ["button", "link", "textbox", "searchbox", "checkbox", "radio", "combobox", "img"];
        return tree.Split('\n').Select(line => line.Trim().TrimStart('-').Trim()).Where(line => roles.Any(role => line == role || line == role + ":" || line.StartsWith(role + " [", StringComparison.Ordinal)));
    }
}
