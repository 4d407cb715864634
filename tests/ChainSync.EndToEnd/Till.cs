using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>The till as its cashier sees it.</summary>
public sealed class Till(Visitor cashier)
{
    public Visitor Cashier { get; } = cashier;

    public IPage Page => Cashier.Page;

    public IKeyboard Keyboard => Page.Keyboard;

    public ILocator ScanField => Page.GetByRole(AriaRole.Textbox, new() { Name = "Scan or search" });

    public ILocator Ticket => Page.GetByRole(AriaRole.Complementary, new() { Name = "Ticket" });

    public ILocator Lines => Page.GetByRole(AriaRole.List, new() { Name = "Lines of the ticket" }).GetByRole(AriaRole.Listitem);

    /// <summary>The ticket's total with its word.</summary>
    public ILocator Total => Ticket.Locator("dl > div").Last;

    public ILocator Receipt => Page.GetByRole(AriaRole.Article, new() { Name = "Receipt" });

    /// <summary>Makes the device a register, as its manager does once.</summary>
    public static async Task<Till> SetUpAsync(Visitor manager)
    {
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Set up and start selling" }).ClickAsync();
        var till = new Till(manager);
        await till.ReadyAsync();
        return till;
    }

    public Task ReadyAsync() => Expect(ScanField).ToBeVisibleAsync();

    /// <summary>A scanner's beep: the code and Enter, a few milliseconds between keys, wherever the focus is.</summary>
    public Task ScanAsync(string code) => Keys.ScanAsync(Page, code);

    public Task TypeAsync(string text) => Keys.TypeAsync(Page, text);

    public Task ScanAsync(int product) => ScanAsync(Shop.Barcode(product));

    /// <summary>Sells one of a product for exact cash, by keys.</summary>
    public async Task SellAsync(int product)
    {
        await Expect(Ticket).ToContainTextAsync("0 items");
        await ScanAsync(product);
        await Expect(Ticket).ToContainTextAsync("1 item");
        await Keyboard.PressAsync("Enter");
        await Keyboard.PressAsync("F8");
        await Expect(Receipt).ToBeVisibleAsync();
    }

    /// <summary>The number on the receipt.</summary>
    public async Task<string> NumberAsync()
    {
        var text = await Receipt.GetByText("Receipt").InnerTextAsync();
        return text["Receipt ".Length..].Trim();
    }

    /// <summary>The server has the sale.</summary>
    public Task SentAsync() => Expect(Page.GetByText("Sent", new() { Exact = true })).ToBeVisibleAsync();

    /// <summary>From the receipt to an empty ticket.</summary>
    public async Task NextAsync()
    {
        await Keyboard.PressAsync("Enter");
        await Expect(ScanField).ToBeFocusedAsync();
    }
}
