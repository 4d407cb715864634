using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>Goods that come back, line by line, from the list of sales.</summary>
public sealed class RefundTests(Chromium chromium, Shop shop) : Story(chromium, shop)
{
    [Fact]
    public async Task A_line_comes_back_once_and_what_is_left_is_all_that_is_offered()
    {
        var (till, number) = await SoldAsync();
        await OpenSaleAsync(till.Page, number);

        await RefundAsync(till.Page, "Product 4", "1");

        await Expect(till.Page.GetByText("partly refunded")).ToBeVisibleAsync();
        await Expect(till.Page.GetByText("−5,00 €").First).ToBeVisibleAsync();
        var dialog = await OpenRefundAsync(till.Page);
        await Expect(dialog.GetByText("of 1")).ToHaveCountAsync(2); // one left of two, and the line that did not come back
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Everything" }).ClickAsync();
        await dialog.GetByText("Wrong item").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Refund 6,00 €" }).ClickAsync();

        await Expect(dialog).ToBeHiddenAsync();
        await Expect(till.Page.GetByRole(AriaRole.Button, new() { Name = "Refund" })).ToBeDisabledAsync();
        Assert.Equal(1_100L, await Shop.Chain.ScalarAsync<long>("select refunded_minor from sales where receipt_series || '-' || receipt_number = $1", number));
    }

    [Fact]
    public async Task More_than_was_sold_cannot_be_typed()
    {
        var (till, number) = await SoldAsync();
        await OpenSaleAsync(till.Page, number);

        var dialog = await OpenRefundAsync(till.Page);
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Product 4" }).CheckAsync();
        var quantity = dialog.GetByRole(AriaRole.Textbox, new() { Name = "Quantity of Product 4 that comes back" });
        await quantity.FillAsync("5");
        await quantity.BlurAsync();

        await Expect(quantity).ToHaveValueAsync("2");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Refund 10,00 €" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_another_till_has_refunded_meanwhile_is_refused_in_words_and_nothing_is_written()
    {
        var (till, number) = await SoldAsync();
        await OpenSaleAsync(till.Page, number);
        var late = await OpenRefundAsync(till.Page);
        await late.GetByRole(AriaRole.Checkbox, new() { Name = "Product 4" }).CheckAsync();
        var colleague = await EnterAsync(Shop.Staff, "/stores/S1/sales");
        await OpenSaleAsync(colleague.Page, number);
        await RefundAsync(colleague.Page, "Product 4", "2");
        till.Cashier.Expects("the server responded with a status of 4");

        await late.GetByText("Damaged").ClickAsync();
        await late.GetByRole(AriaRole.Button, new() { Name = "Refund 10,00 €" }).ClickAsync();

        await Expect(late.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was refunded.");
        Assert.Equal(1_000L, await Shop.Chain.ScalarAsync<long>("select refunded_minor from sales where receipt_series || '-' || receipt_number = $1", number));
    }

    /// <summary>Two of the product that costs 5.00 and one that costs 1.00.</summary>
    private async Task<(Till Till, string Number)> SoldAsync()
    {
        var till = await OpenTillAsync();
        await till.ScanAsync(4);
        await till.ScanAsync(4);
        await till.ScanAsync(0);
        await Expect(till.Total).ToHaveTextAsync("Total11,00 €");
        await till.Keyboard.PressAsync("Enter");
        await till.Keyboard.PressAsync("F8");
        var number = await till.NumberAsync();
        await till.SentAsync();
        return (till, number);
    }

    private static async Task OpenSaleAsync(IPage page, string number)
    {
        if (!page.Url.EndsWith("/sales", StringComparison.Ordinal)) await page.GotoAsync("/stores/S1/sales");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = number });
        await row.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = number })).ToBeVisibleAsync();
    }

    private static async Task<ILocator> OpenRefundAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Refund" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    private static async Task RefundAsync(IPage page, string product, string quantity)
    {
        var dialog = await OpenRefundAsync(page);
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = product }).CheckAsync();
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = $"Quantity of {product} that comes back" }).FillAsync(quantity);
        await dialog.GetByText("Changed mind").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Refund ") }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }
}
