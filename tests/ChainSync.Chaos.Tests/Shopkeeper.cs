using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Sales;
using ChainSync.TestKit;

namespace ChainSync.Chaos.Tests;

/// <summary>An operation that was acknowledged.</summary>
/// <param name="OperationId">Its id.</param>
/// <param name="StoreId">The store that it wrote to.</param>
/// <param name="Seq">The position of its last row, as the answer's header says.</param>
internal sealed record Acknowledged(Guid OperationId, Guid StoreId, long Seq);

/// <summary>Somebody who sells, refunds, edits and counts without a pause, and repeats what got no answer until it does.</summary>
internal sealed class Shopkeeper(Chain chain, HttpClient http, IReadOnlyDictionary<Guid, List<Guid>> customers, int seed)
{
    private static long _numbers;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Random _random = new(seed);
    private readonly Server.Features.Identity.Person _boss = Chain.Somebody(Role.Admin, null);
    private readonly Dictionary<Guid, List<RecordSale>> _sold = TestChain.StoreIds.ToDictionary(id => id, _ => new List<RecordSale>());

    public ConcurrentQueue<Acknowledged> Done { get; } = [];

    public ConcurrentQueue<string> Wrongs { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await ActAsync(TestChain.StoreIds[_random.Next(TestChain.StoreIds.Count)]);
            await Task.Delay(Pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task ActAsync(Guid store) => _random.Next(20) switch
    {
        < 12 => SellAsync(store),
        < 14 => RefundAsync(store),
        < 15 => SendAsync(store, HttpMethod.Patch, $"products/{Product(store)}", ProductEdit()),
        < 16 => SendAsync(store, HttpMethod.Post, "products", $$"""{"id":"{{New()}}","sku":"{{New()}}","name":"New","priceMinor":100,"taxClassId":"{{TaxClass(store)}}","barcodes":[],"active":{{(_random.Next(3) > 0 ? "true" : "false")}}}"""),
        < 17 => SendAsync(store, HttpMethod.Post, "customers", $$"""{"id":"{{New()}}","name":"Somebody"}"""),
        < 18 => SendAsync(store, HttpMethod.Patch, $"customers/{Customer(store)}", $$"""{"name":"Renamed {{New()}}"}"""),
        _ => SendAsync(store, HttpMethod.Post, "stock-adjustments", $$"""{"id":"{{New()}}","lines":[{"productId":"{{Product(store)}}","deltaMilli":{{_random.Next(1, 20) * 1_000}}}],"reason":"received"}"""),
    };

    // Each changes something, whatever others have done meanwhile: an edit that changes nothing is acknowledged without a row.
    private string ProductEdit() => _random.Next(4) switch
    {
        0 => $$"""{"active":{{(_random.Next(2) == 0 ? "true" : "false")}},"priceMinor":{{NextNumber()}}}""",
        1 => $$"""{"lowStockAtMilli":{{NextNumber()}}}""",
        2 => $$"""{"name":"Renamed {{New()}}","barcodes":["{{New()}}"]}""",
        _ => $$"""{"priceMinor":{{NextNumber()}}}""",
    };

    private async Task SellAsync(Guid store)
    {
        var lines = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => (_random.Next(TestChain.ProductsPerStore), _random.Next(1, 4) * 1_000L)).ToList();
        var sale = TestSales.Of(chain.Test, store, lines) with { Id = New(), CustomerId = _random.Next(2) == 0 ? Customer(store) : null };
        await SendAsync(store, HttpMethod.Post, "sales", JsonSerializer.Serialize(sale, ChainSyncJson.Default.RecordSale));
        _sold[store].Add(sale);
    }

    private async Task RefundAsync(Guid store)
    {
        if (_sold[store] is not { Count: > 0 } sold) return;
        var at = _random.Next(sold.Count);
        var sale = sold[at];
        sold.RemoveAt(at);
        var line = sale.Lines[0];
        await SendAsync(store, HttpMethod.Post, $"sales/{sale.Id}/refunds", $$"""
            {"id":"{{New()}}","refundedAt":"2026-03-02T09:00:00.000Z","lines":[{"lineNo":1,"quantityMilli":{{line.QuantityMilli}}}],
             "reason":"leaks","payments":[{"method":"cash","amountMinor":{{line.TotalMinor}}}]}
            """);
    }

    /// <summary>Sends until there is an answer, and now and then once more to see the same answer again.</summary>
    private async Task SendAsync(Guid store, HttpMethod method, string path, string body)
    {
        var operation = New();
        var first = await UntilAnsweredAsync(operation, store, method, path, body);
        Done.Enqueue(new(operation, store, first.Seq));
        if (_random.Next(10) > 0) return;
        var second = await UntilAnsweredAsync(operation, store, method, path, body);
        if (second != first) Wrongs.Enqueue($"{operation} was answered {first} and then {second}");
    }

    private async Task<(string Text, long Seq)> UntilAnsweredAsync(Guid operation, Guid store, HttpMethod method, string path, string body)
    {
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(method, $"/api/stores/{store}/{path}")
                {
                    Content = new StringContent(body, Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"),
                };
                request.Headers.Add("Idempotency-Key", operation.ToString());
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", chain.Token(_boss, TimeSpan.FromMinutes(5)));
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                using var response = await http.SendAsync(request, patience.Token);
                var text = await response.Content.ReadAsStringAsync(patience.Token);
                if (response.IsSuccessStatusCode)
                    return (text, long.Parse(response.Headers.GetValues("ChainSync-Seq").Single(), CultureInfo.InvariantCulture));
                // What this shopkeeper sends is right: only the server's own trouble may refuse it.
                if (response.StatusCode < HttpStatusCode.InternalServerError) Wrongs.Enqueue($"{method} {path}: {(int)response.StatusCode} {text}");
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException or IOException)
            {
                // No answer: whether it was written is not known, so the same is sent again.
            }
            await Task.Delay(_random.Next(100));
        }
    }

    private Guid Customer(Guid store) => customers[store][_random.Next(customers[store].Count)];

    private Guid Product(Guid store) => TestChain.ProductId(store, _random.Next(TestChain.ProductsPerStore));

    private static Guid TaxClass(Guid store) => Server.Features.Stores.CreateStore.TaxClassId(store, "standard");

    /// <summary>A number that nothing has been set to before.</summary>
    private static long NextNumber() => 1_000 + Interlocked.Increment(ref _numbers);

    private static Guid New() => Ids.New(TimeProvider.System);
}
