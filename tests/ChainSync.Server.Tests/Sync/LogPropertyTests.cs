using System.Collections.Concurrent;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Server.Live;
using ChainSync.Server.Sync;
using ChainSync.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChainSync.Server.Tests.Sync;

/// <summary>What must hold however writers interleave. Each run draws its own schedule; a failure prints the seed to run again.</summary>
public sealed class LogPropertyTests : IAsyncLifetime
{
    private TestChain _chain = null!;

    public async ValueTask InitializeAsync() => _chain = await TestChain.CreateAsync();

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_interleaving_of_writers_gives_a_gapless_log_that_a_polling_reader_follows_whole(int seed)
    {
        using var done = new CancellationTokenSource();
        var readers = TestChain.StoreIds.Select(store => PollAsync(store, done.Token)).ToList();
        var acknowledged = new ConcurrentBag<(Guid Store, long Seq)>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => WriteAsync(new Random(unchecked((seed * 31) + writer)), acknowledged)));
        await done.CancelAsync();

        for (var i = 0; i < readers.Count; i++)
        {
            var (store, seen) = (TestChain.StoreIds[i], await readers[i]);
            var head = await _chain.ScalarAsync<long>("select seq from store_head where store_id = $1", store);
            Assert.Equal(Sequence(head), seen); // in the order read: no gap, no double, none late
            Assert.Null(await new LogVerifier(_chain.Source).FirstBrokenAsync(store, CancellationToken.None));
            Assert.All(acknowledged.Where(a => a.Store == store), a => Assert.InRange(a.Seq, 1, head));
        }
        await AssertStockIsTheSumOfItsMovesAsync();
    }

    [Fact]
    public async Task A_changed_row_breaks_the_chain_at_its_place_and_an_erased_body_does_not()
    {
        var store = TestChain.StoreIds[0];
        var sold = await TestSales.SellAsync(_chain, store, (0, 1_000));
        var verifier = new LogVerifier(_chain.Source);

        await ExecuteAsync("update change_log set after = null, before = null, ip = null, salt = '' where store_id = $1 and seq = $2", store, 2L);
        var afterErasure = await verifier.FirstBrokenAsync(store, CancellationToken.None);
        await ExecuteAsync("update change_log set after = replace(after, 'EUR', 'USD') where store_id = $1 and seq = $2", store, sold.Value.Seq - 1);
        var afterTampering = await verifier.FirstBrokenAsync(store, CancellationToken.None);

        Assert.Null(afterErasure);
        Assert.Equal(sold.Value.Seq - 1, afterTampering);
    }

    [Fact]
    public async Task A_cut_off_end_of_the_log_is_noticed()
    {
        var store = TestChain.StoreIds[0];
        var sold = await TestSales.SellAsync(_chain, store, (0, 1_000));
        await ExecuteAsync("delete from change_log where store_id = $1 and seq = $2", store, sold.Value.Seq);

        Assert.Equal(sold.Value.Seq, await new LogVerifier(_chain.Source).FirstBrokenAsync(store, CancellationToken.None));
    }

    /// <summary>Fixed seeds, and one that is new with every run.</summary>
    public static TheoryData<int> Seeds() => [1, 2, Environment.TickCount];

    // A writer does whatever its random says: sells, sells the same twice at once, sends nonsense, edits, gives up half-way.
    private async Task WriteAsync(Random random, ConcurrentBag<(Guid Store, long Seq)> acknowledged)
    {
        for (var i = 0; i < 25; i++)
        {
            var store = TestChain.StoreIds[random.Next(TestChain.StoreIds.Count)];
            var outcomes = random.Next(6) switch
            {
                0 => await SellTwiceAsync(store, random),
                1 => [await SellUnknownAsync(store)],
                2 => [await EditAsync(store, random)],
                3 => await SellAndGiveUpAsync(store, random),
                _ => [await TestSales.SellAsync(_chain, store, Basket(random))],
            };
            foreach (var outcome in outcomes.Where(o => o.IsAccepted)) acknowledged.Add((store, outcome.Value.Seq));
        }
    }

    private async Task<Outcome<Committed>[]> SellTwiceAsync(Guid store, Random random)
    {
        var sale = TestSales.Of(_chain, store, Basket(random));
        var operation = TestSales.OperationOf(_chain, store, sale);
        return await Task.WhenAll(TestSales.RecordAsync(_chain, operation, sale), TestSales.RecordAsync(_chain, operation, sale));
    }

    private Task<Outcome<Committed>> SellUnknownAsync(Guid store)
    {
        var sale = TestSales.Of(_chain, store, (0, 1_000));
        var unknown = sale with { Lines = [sale.Lines[0] with { ProductId = Ids.New(_chain.Clock) }] };
        return TestSales.RecordAsync(_chain, TestSales.OperationOf(_chain, store, unknown), unknown);
    }

    private Task<Outcome<Committed>> EditAsync(Guid store, Random random)
    {
        var (id, price) = (TestChain.ProductId(store, random.Next(TestChain.ProductsPerStore)), random.Next(1, 1_000));
        return _chain.Writer.CommitAsync(_chain.Operation("product.update", store), Caller.System, ChainSyncJson.Default.Product, 200, async db =>
        {
            var product = await db.Products.SingleAsync(p => p.StoreId == store && p.Id == id);
            product.PriceMinor = price;
            return product;
        }, CancellationToken.None);
    }

    // The client hangs up at a random moment: the sale is then there or not, and a repeat with the same id settles it.
    private async Task<Outcome<Committed>[]> SellAndGiveUpAsync(Guid store, Random random)
    {
        var sale = TestSales.Of(_chain, store, Basket(random));
        var operation = TestSales.OperationOf(_chain, store, sale);
        using var hangUp = new CancellationTokenSource();
        var first = TestSales.RecordAsync(_chain, operation, sale, cancellationToken: hangUp.Token);
        for (var spin = random.Next(4); spin > 0; spin--) await Task.Yield();
        await hangUp.CancelAsync();
        try
        {
            await first;
        }
        catch (OperationCanceledException)
        {
            // As meant.
        }
        return [await TestSales.RecordAsync(_chain, operation, sale)];
    }

    private static List<(int Product, long QuantityMilli)> Basket(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (random.Next(TestChain.ProductsPerStore), (long)random.Next(1, 5_000)))];

    private async Task<List<long>> PollAsync(Guid store, CancellationToken done)
    {
        var log = new LogReader(_chain.Source);
        var seen = new List<long>();
        bool last;
        do
        {
            last = done.IsCancellationRequested; // one more look after the writers ended
            foreach (var row in await log.ReadAsync(store, seen.Count == 0 ? 0 : seen[^1], 7, CancellationToken.None)) seen.Add(row.Seq);
        }
        while (!last || seen.Count < await _chain.ScalarAsync<long>("select seq from store_head where store_id = $1", store));
        return seen;
    }

    private async Task AssertStockIsTheSumOfItsMovesAsync() => Assert.Equal(0L, await _chain.ScalarAsync<long>("""
        select count(*) from stock s where s.on_hand_milli <>
          (select coalesce(sum(m.delta_milli), 0) from stock_moves m where m.store_id = s.store_id and m.product_id = s.product_id)
        """));

    private async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = _chain.Source.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    private static IEnumerable<long> Sequence(long last)
    {
        for (var seq = 1L; seq <= last; seq++) yield return seq;
    }
}
