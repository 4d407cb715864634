using ChainSync.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>A sale is seen at once by those who may see it, in other browsers.</summary>
public sealed class LiveTests(Chromium chromium, Shop shop) : Story(chromium, shop)
{
    [Fact]
    public async Task A_sale_at_the_till_appears_on_its_managers_live_page_and_not_on_another_stores()
    {
        var manager = await EnterAsync(Shop.Manager, "/stores/S1/live");
        var other = await EnterAsync(Shop.OtherManager, "/stores/S2/live");
        await WatchingAsync(manager);
        await WatchingAsync(other);
        var till = await OpenTillAsync();

        await till.ScanAsync(4);
        await till.ScanAsync(1);
        await Expect(till.Lines).ToHaveCountAsync(2);
        await till.Keyboard.PressAsync("Enter");
        await till.Keyboard.PressAsync("F8");

        await Expect(Revenue(manager)).ToHaveTextAsync("7,00 €");
        await Expect(Ticker(manager)).ToHaveCountAsync(1);
        await Expect(Ticker(manager).First).ToContainTextAsync("S1-R1-12 items · Mona7,00 €");

        // What the other store's manager is told first is their own sale: had anything of the first store been sent, it would be there before it.
        await (await OpenTillAsync(Shop.OtherManager, "S2")).SellAsync(0);
        await Expect(Revenue(other)).ToHaveTextAsync("1,00 €");
        await Expect(Ticker(other)).ToHaveCountAsync(1);
        await Expect(Ticker(manager)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Another_stores_address_shows_nothing()
    {
        var other = await EnterAsync(Shop.OtherManager, "/stores/S1/live");

        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no page here" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Customers_in_the_shop_front_are_counted_as_people()
    {
        var manager = await EnterAsync(Shop.Manager, "/stores/S1/live");
        await Expect(Customers(manager)).ToHaveTextAsync("0 customers online");
        var token = await Shop.TokenAsync(Shop.Customer);

        await using var tab = await HubClient.ConnectAsync(Shop.Address, token);
        await tab.SubscribeAsync($"products:{Shop.First}");
        await Expect(Customers(manager)).ToHaveTextAsync("1 customer online");
        await using var secondTab = await HubClient.ConnectAsync(Shop.Address, token);
        await secondTab.SubscribeAsync($"products:{Shop.First}");

        // Whoever comes to the page later is told the same.
        var staff = await EnterAsync(Shop.Staff, "/stores/S1/live");
        await Expect(Customers(staff)).ToHaveTextAsync("1 customer online");
        await Expect(Customers(manager)).ToHaveTextAsync("1 customer online");
    }

    private static ILocator Customers(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "online" });

    private static async Task WatchingAsync(Visitor visitor)
    {
        await Expect(Revenue(visitor)).ToHaveTextAsync("0,00 €");
        await Expect(visitor.Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("live");
    }

    private static ILocator Revenue(Visitor visitor) => visitor.Page.Locator("dl > div").Filter(new() { HasText = "Revenue today" }).Locator("dd").First;

    private static ILocator Ticker(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Region, new() { Name = "Newest sales" }).GetByRole(AriaRole.Listitem);
}
