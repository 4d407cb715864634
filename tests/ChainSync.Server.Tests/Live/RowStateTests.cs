using System.Text;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Products;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Live;
using ChainSync.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>A row tells for ever what it told at first, wherever a page of the log begins and whatever has happened since.</summary>
public sealed class RowStateTests : IAsyncLifetime
{
    private ApiHost _host = null!;
    private StoreApi _api = null!;
    private LogReader _log = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync();
        (_api, _log) = (new StoreApi(_host), _host.Services.GetRequiredService<LogReader>());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Events_are_the_same_right_after_the_write_and_from_pages_of_any_size()
    {
        var start = await _api.HeadAsync();
        var atFirst = new List<string>();
        await foreach (var row in RowsOfEditsAsync()) atFirst.AddRange(TextsOf([row]));

        foreach (var size in new[] { 1, 2, 3, 7, 500 }) Assert.Equal(atFirst, await PagedAsync(start, size));
        Assert.Contains(atFirst, text => text.StartsWith("Public", StringComparison.Ordinal) && text.Contains("product:created", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_product_whose_row_is_gone_the_log_still_tells_what_it_was()
    {
        var (start, gone) = (await _api.HeadAsync(), TestChain.ProductId(StoreApi.Store, 1));
        await _api.PatchAsync(StoreApi.At($"products/{gone}"), """{"active":false}""");
        await _api.PatchAsync(StoreApi.At($"products/{gone}"), """{"active":true,"name":"Back","barcodes":[]}""");
        var atFirst = await PagedAsync(start, 1);
        var deleted = await _api.Chain.Writer.CommitAsync(
            _api.Chain.Operation("product.delete", StoreApi.Store), Caller.System, ChainSyncJson.Default.Product, 200, async db =>
            {
                var product = await db.Products.SingleAsync(p => p.StoreId == StoreApi.Store && p.Id == gone);
                db.Products.Remove(product);
                return (Outcome<Product>)product;
            }, CancellationToken.None);
        Assert.True(deleted.IsAccepted, deleted.IsAccepted ? "" : deleted.Rejection.Detail);

        foreach (var size in new[] { 1, 500 })
        {
            var now = await PagedAsync(start, size);
            Assert.Equal(atFirst, now.Take(atFirst.Count));
            Assert.Contains("product:deleted", Assert.Single(now.Skip(atFirst.Count)), StringComparison.Ordinal);
        }
    }

    private async IAsyncEnumerable<LogRow> RowsOfEditsAsync()
    {
        var id = _api.NewId();
        await _api.PostAsync(StoreApi.At("products"), $$"""
            {"id":"{{id}}","sku":"A","name":"Ä \"quoted\" \\ <b>","priceMinor":100,"taxClassId":"{{CreateStore.TaxClassId(StoreApi.Store, "standard")}}","barcodes":["1","2"]}
            """);
        yield return await NewestAsync();
        foreach (var patch in new[]
        {
            """{"name":"B","barcodes":["2","3"]}""", """{"active":false}""", """{"priceMinor":7,"name":"Ü <i>"}""", """{"active":true}""",
            """{"lowStockAtMilli":3}""", """{"active":false,"sku":"C"}""", """{"active":true,"barcodes":null}""", """{"name":"D"}""",
        })
        {
            var answer = await _api.PatchAsync(StoreApi.At($"products/{id}"), patch);
            Assert.True(answer.Status == 200, answer.Text);
            yield return await NewestAsync();
        }
    }

    private async Task<LogRow> NewestAsync() => Assert.Single(await _log.ReadAsync(StoreApi.Store, await _api.HeadAsync() - 1, 10, CancellationToken.None));

    private async Task<List<string>> PagedAsync(long after, int size)
    {
        var texts = new List<string>();
        while (await _log.ReadAsync(StoreApi.Store, after, size, CancellationToken.None) is { Count: > 0 } page)
        {
            texts.AddRange(TextsOf(page));
            after = page[^1].Seq;
        }
        return texts;
    }

    private static IEnumerable<string> TextsOf(IReadOnlyList<LogRow> rows) =>
        HubEvents.Of(rows).Select(e => $"{((HubEvents.Audience)e.Audience!).View} {Encoding.UTF8.GetString(e.Json.Span)}");
}
