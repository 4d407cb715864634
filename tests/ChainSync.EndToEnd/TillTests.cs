using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>The selling path, by keys and by scanner.</summary>
public sealed class TillTests(Chromium chromium, Shop shop) : Story(chromium, shop)
{
    [Fact]
    public async Task A_sale_from_the_search_to_the_receipt_needs_nothing_but_keys()
    {
        var till = await OpenTillAsync();

        await Expect(till.ScanField).ToBeFocusedAsync();
        await till.TypeAsync("article 0042");
        await Expect(till.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Article 0042,") })).ToBeVisibleAsync();
        await till.Keyboard.PressAsync("Enter");
        await Expect(till.Lines).ToHaveCountAsync(1);
        await Expect(till.Total).ToHaveTextAsync("Total5,19 €");
        await till.Keyboard.PressAsync("+");
        await Expect(till.Total).ToHaveTextAsync("Total10,38 €");
        await till.Keyboard.PressAsync("Enter");
        await till.TypeAsync("20");
        await till.Keyboard.PressAsync("Enter");

        await Expect(till.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Change" })).ToContainTextAsync("9,62 €");
        await Expect(till.Receipt).ToContainTextAsync("2 × Article 0042");
        await Expect(till.Receipt).ToContainTextAsync("Total10,38 €");
        await till.NextAsync();
        await Expect(till.Lines).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Scans_land_in_the_basket_wherever_the_focus_is()
    {
        var till = await OpenTillAsync();

        await till.ScanAsync(0);
        await till.ScanAsync(1);
        await Expect(till.Total).ToHaveTextAsync("Total3,00 €");
        await till.Page.GetByRole(AriaRole.Button, new() { Name = "Account" }).FocusAsync();
        await till.ScanAsync(0);
        await Expect(till.Lines.First).ToContainTextAsync("2 ×");
        await till.TypeAsync("3*");
        await till.ScanAsync(2);

        await Expect(till.Lines.Last).ToHaveTextAsync(new Regex("^3 × ?Product 2"));
        await Expect(till.Total).ToHaveTextAsync("Total13,00 €");
        await Expect(till.ScanField).ToHaveValueAsync("");
    }

    [Fact]
    public async Task An_unknown_code_says_so_and_the_next_scan_sells()
    {
        var till = await OpenTillAsync();

        await till.ScanAsync("9999999999999");

        await Expect(till.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No product has the code 9999999999999");
        await Expect(till.Lines).ToHaveCountAsync(0);
        await till.ScanAsync(0);
        await Expect(till.Lines).ToHaveCountAsync(1);
        await Expect(till.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Discounts_of_a_line_and_of_the_ticket_add_up_on_the_receipt_and_in_the_database()
    {
        var till = await OpenTillAsync();

        await till.ScanAsync(4); // 5.00
        await till.ScanAsync(3); // 4.00
        await DiscountAsync(till, "Product 3", "10");
        await Expect(till.Lines.Last).ToContainTextAsync("−0,40");
        await DiscountAsync(till, "Whole ticket", "50");
        await Expect(till.Total).ToHaveTextAsync("Total4,30 €");
        await till.Keyboard.PressAsync("Enter");
        await till.Keyboard.PressAsync("F8");

        await Expect(till.Receipt).ToContainTextAsync("Ticket discount−4,30");
        var number = await till.NumberAsync();
        await till.SentAsync();
        var kept = await Shop.Chain.ScalarAsync<string>(
            "select total_minor || ' ' || discount_minor || ' ' || subtotal_minor || ' ' || cardinality(flags) from sales where receipt_series || '-' || receipt_number = $1", number);
        Assert.Equal("430 430 860 1", kept); // sold out of an empty shelf, which flags it and nothing else
    }

    [Fact]
    public async Task A_ticket_is_split_between_card_and_cash()
    {
        var till = await OpenTillAsync();

        await till.ScanAsync(4);
        await till.Keyboard.PressAsync("Enter");
        await till.TypeAsync("2,00");
        await till.Keyboard.PressAsync("F9");
        await Expect(till.Page.GetByText("Left to pay")).ToBeVisibleAsync();
        await Expect(till.Page.GetByRole(AriaRole.List, new() { Name = "Paid so far" })).ToContainTextAsync("Card2,00 €");
        await till.TypeAsync("10");
        await till.Keyboard.PressAsync("Enter");

        await Expect(till.Receipt).ToContainTextAsync("Paid: Card2,00");
        await Expect(till.Receipt).ToContainTextAsync("Paid: Cash10,00");
        await Expect(till.Receipt).ToContainTextAsync("Change7,00");
        await till.SentAsync();
    }

    [Fact]
    public async Task The_card_takes_the_whole_amount_at_one_key_and_no_more_than_that()
    {
        var till = await OpenTillAsync();

        await till.ScanAsync(1);
        await till.Keyboard.PressAsync("Enter");
        await till.TypeAsync("9");
        await till.Keyboard.PressAsync("F9");
        await Expect(till.Page.GetByText("Only cash can be more than what is left to pay.")).ToBeVisibleAsync();
        await till.Keyboard.PressAsync("Backspace");
        await till.Keyboard.PressAsync("F9");

        await Expect(till.Page.GetByText("Paid. No change.")).ToBeVisibleAsync();
        await Expect(till.Receipt).ToContainTextAsync("Paid: Card2,00");
    }

    [Fact]
    public async Task Printing_shows_the_receipt_and_nothing_else()
    {
        var till = await OpenTillAsync();
        await till.Page.EvaluateAsync("window.prints = []; window.print = () => window.prints.push('printed'); undefined");
        await till.SellAsync(0);

        await till.Keyboard.PressAsync("F9");
        await till.Page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Single(await till.Page.EvaluateAsync<string[]>("window.prints"));
        var printed = await till.Page.EvaluateAsync<string>("document.body.innerText");
        Assert.StartsWith("Store 1", printed.TrimStart(), StringComparison.Ordinal);
        Assert.EndsWith("Thank you!", printed.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("Next ticket", printed, StringComparison.Ordinal);
        await Expect(till.Page.Locator("#root")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_parked_ticket_waits_while_another_is_sold()
    {
        var till = await OpenTillAsync();

        await till.ScanAsync(3);
        await Expect(till.Lines).ToHaveCountAsync(1);
        await till.Keyboard.PressAsync("F6");
        await Expect(till.Lines).ToHaveCountAsync(0);
        await till.SellAsync(0);
        await till.NextAsync();
        await till.Keyboard.PressAsync("F7");

        await Expect(till.Lines).ToHaveCountAsync(1);
        await Expect(till.Total).ToHaveTextAsync("Total4,00 €");
    }

    [Fact]
    public async Task Receipts_are_numbered_without_a_gap_over_a_reload()
    {
        var till = await OpenTillAsync();
        var numbers = new List<string>();

        for (var sale = 0; sale < 3; sale++)
        {
            await till.SellAsync(sale);
            numbers.Add(await till.NumberAsync());
            if (sale == 1) await till.Page.ReloadAsync();
            else await till.NextAsync();
            await till.ReadyAsync();
        }

        var series = numbers[0][..numbers[0].LastIndexOf('-')];
        Assert.Equal([$"{series}-1", $"{series}-2", $"{series}-3"], numbers);
    }

    [Fact]
    public async Task A_cashier_cannot_make_a_till_but_can_sell_without_one()
    {
        var cashier = await EnterAsync(Shop.Staff, "/stores/S1/sell");
        var till = new Till(cashier);

        await Expect(cashier.Page.GetByText("A manager of this store sets up a new till")).ToBeVisibleAsync();
        await cashier.Page.GetByRole(AriaRole.Button, new() { Name = "Sell without a register" }).ClickAsync();
        await till.ReadyAsync();
        await till.SellAsync(0);

        await till.SentAsync();
    }

    private static async Task DiscountAsync(Till till, string scope, string percent)
    {
        await till.Keyboard.PressAsync("F4");
        var dialog = till.Page.GetByRole(AriaRole.Dialog, new() { Name = "Discount" });
        await dialog.GetByText(scope).ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Discount" }).FillAsync(percent);
        await till.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
    }
}
