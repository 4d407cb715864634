using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>The connection goes in the middle of a day, and comes back.</summary>
public sealed class OfflineTests(Chromium chromium, Shop shop) : Story(chromium, shop)
{
    [Fact]
    public async Task Sales_made_without_a_connection_are_kept_and_arrive_exactly_once()
    {
        var till = await OpenTillAsync();
        till.Cashier.Expects("ERR_INTERNET_DISCONNECTED");
        var before = await CountAsync();
        await till.SellAsync(0);
        await till.SentAsync();
        await till.NextAsync();

        await till.Cashier.Context.SetOfflineAsync(true);
        await Expect(till.Page.GetByText("offline", new() { Exact = true })).ToBeVisibleAsync();
        await till.SellAsync(1);
        await Expect(till.Page.GetByText("Kept on this device, not yet sent")).ToBeVisibleAsync();
        await till.NextAsync();
        await till.SellAsync(2);
        await Expect(till.Page.GetByText("2 unsent")).ToBeVisibleAsync();
        Assert.Equal(before + 1, await CountAsync());

        await till.Cashier.Context.SetOfflineAsync(false);
        await Expect(till.Page.GetByText("0 unsent")).ToBeVisibleAsync();
        await Expect(till.Page.GetByText("live", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(before + 3, await CountAsync());
    }

    [Fact]
    public async Task A_sale_whose_answer_was_lost_is_not_made_twice()
    {
        var till = await OpenTillAsync();
        till.Cashier.Expects("ERR_FAILED");
        var before = await CountAsync();
        var lost = new TaskCompletionSource();
        await till.Page.RouteAsync("**/sales", async route =>
        {
            // The server records the sale; its answer never arrives.
            if (!lost.Task.IsCompleted)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                lost.TrySetResult();
            }
            else await route.ContinueAsync();
        });

        await till.SellAsync(3);
        await lost.Task;
        await Expect(till.Page.GetByText("1 unsent")).ToBeVisibleAsync();
        await till.Page.ReloadAsync();

        await Expect(till.Page.GetByText("0 unsent")).ToBeVisibleAsync();
        Assert.Equal(before + 1, await CountAsync());
    }

    private Task<long> CountAsync() => Shop.Chain.ScalarAsync<long>("select count(*) from sales");
}
