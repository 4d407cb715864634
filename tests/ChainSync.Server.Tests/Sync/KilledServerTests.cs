using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Server.Sync;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Sync;

/// <summary>A real server process, killed without warning in the middle of a burst of sales, on a database that keeps what it acknowledged.</summary>
public sealed class KilledServerTests : IAsyncLifetime
{
    private const int Tills = 8;
    private const int KillAfter = 60;
    private static readonly Guid Store = TestChain.StoreIds[0];

    private TestChain _chain = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _chain = await TestChain.CreateAsync(durable: true);
        await using var issuer = await ApiHost.StartAsync(_chain, TimeProvider.System);
        _token = issuer.Token(Role.Staff, Store);
    }

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Fact]
    public async Task A_killed_server_has_lost_nothing_it_acknowledged_and_repeats_double_nothing()
    {
        var sent = new ConcurrentDictionary<Guid, string>();
        var acknowledged = new ConcurrentDictionary<Guid, string>();
        await using (var server = Start())
        {
            using var client = Client(await server.Address);
            var enough = new TaskCompletionSource();
            var tills = Enumerable.Range(0, Tills).Select(till => SellUntilItDiesAsync(client, new Random(till), sent, acknowledged, enough)).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromMinutes(1));
            await server.KillAsync();
            await Task.WhenAll(tills);
        }

        await using var restarted = Start();
        using var again = Client(await restarted.Address);
        foreach (var (operation, body) in sent)
        {
            var (status, answer, replayed) = await PostAsync(again, operation, body);
            Assert.Equal(HttpStatusCode.Created, status);
            if (!acknowledged.TryGetValue(operation, out var first)) continue;
            Assert.Equal(first, answer);
            Assert.True(replayed);
        }

        Assert.InRange(acknowledged.Count, KillAfter, sent.Count);
        Assert.Equal(sent.Count, await _chain.ScalarAsync<long>("select count(*) from sales where store_id = $1", Store));
        Assert.Equal(sent.Count, await _chain.ScalarAsync<long>("select count(*) from operation where store_id = $1 and type = 'sale.record'", Store));
        Assert.Equal(0L, await _chain.ScalarAsync<long>("""
            select (select coalesce(sum(on_hand_milli), 0) from stock where store_id = $1)::bigint
                 + (select sum(quantity_milli) from sale_lines where store_id = $1)::bigint
            """, Store));
        Assert.Null(await new LogVerifier(_chain.Source).FirstBrokenAsync(Store, CancellationToken.None));
    }

    private ServerProcess Start() =>
        ServerProcess.Start(Path.GetTempPath(), [("ConnectionStrings:ChainSync", _chain.Database.ConnectionString)]);

    private HttpClient Client(Uri address)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return client;
    }

    private async Task SellUntilItDiesAsync(
        HttpClient client, Random random, ConcurrentDictionary<Guid, string> sent, ConcurrentDictionary<Guid, string> acknowledged, TaskCompletionSource enough)
    {
        while (true)
        {
            var sale = TestSales.Of(_chain, Store, (random.Next(TestChain.ProductsPerStore), 1_000), (random.Next(TestChain.ProductsPerStore), 2_000));
            var (operation, body) = (Ids.New(_chain.Clock), JsonSerializer.Serialize(sale, ChainSyncJson.Default.RecordSale));
            sent[operation] = body;
            try
            {
                var (status, answer, _) = await PostAsync(client, operation, body);
                if (status == HttpStatusCode.Created) acknowledged[operation] = answer;
                if (acknowledged.Count >= KillAfter) enough.TrySetResult();
            }
            catch (HttpRequestException)
            {
                return; // the server is gone; whether this sale was written is what the repeat will tell
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string Answer, bool Replayed)> PostAsync(HttpClient client, Guid operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/stores/{Store}/sales") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", operation.ToString());
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
    }
}
