using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Products;
using ChainSync.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChainSync.Server.Tests.Sync;

public sealed class StoreWriterTests : IAsyncLifetime
{
    private static readonly Guid Store = TestChain.StoreIds[0];
    private TestChain _chain = null!;

    public async ValueTask InitializeAsync() => _chain = await TestChain.CreateAsync();

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Fact]
    public async Task A_sale_writes_its_rows_its_stock_and_its_log_and_answers_with_the_last_seq()
    {
        var before = await HeadAsync();
        var sold = await TestSales.SellAsync(_chain, Store, (0, 2_000), (1, 1_500));

        Assert.True(sold.IsAccepted);
        Assert.Equal(before + 3, sold.Value.Seq); // the sale and two stock rows
        Assert.Equal(before + 3, await HeadAsync());
        Assert.Equal(1L, await _chain.ScalarAsync<long>("select count(*) from sales where store_id = $1", Store));
        Assert.Equal(2L, await _chain.ScalarAsync<long>("select count(*) from sale_lines where store_id = $1", Store));
        Assert.Equal(-2_000L, await _chain.ScalarAsync<long>(
            "select on_hand_milli from stock where store_id = $1 and product_id = $2", Store, TestChain.ProductId(Store, 0)));
        Assert.Equal("sale stock stock", await _chain.ScalarAsync<string>(
            "select string_agg(entity, ' ' order by seq) from change_log where store_id = $1 and seq > $2", Store, before));
    }

    [Fact]
    public async Task Repeating_an_operation_any_number_of_times_at_once_changes_nothing_and_gives_the_first_answer()
    {
        var sale = TestSales.Of(_chain, Store, (0, 1_000));
        var operation = TestSales.OperationOf(_chain, Store, sale);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TestSales.RecordAsync(_chain, operation, sale)));
        var again = await TestSales.RecordAsync(_chain, operation, sale);

        Assert.All(outcomes, o => Assert.Equal(again.Value.Json, o.Value.Json));
        Assert.All(outcomes, o => Assert.Equal(again.Value.Seq, o.Value.Seq));
        Assert.Equal(1, outcomes.Count(o => !o.Value.Replayed));
        Assert.True(again.Value.Replayed);
        Assert.Equal(1L, await _chain.ScalarAsync<long>("select count(*) from sales where store_id = $1", Store));
        Assert.Equal(-1_000L, await _chain.ScalarAsync<long>("select sum(on_hand_milli)::bigint from stock where store_id = $1", Store));
    }

    [Fact]
    public async Task The_same_operation_id_with_another_body_is_refused()
    {
        var (first, second) = (TestSales.Of(_chain, Store, (0, 1_000)), TestSales.Of(_chain, Store, (1, 1_000)));
        var operation = TestSales.OperationOf(_chain, Store, first);
        await TestSales.RecordAsync(_chain, operation, first);

        var reused = await TestSales.RecordAsync(_chain, TestSales.OperationOf(_chain, Store, second) with { Id = operation.Id }, second);

        Assert.Equal("operation.reused", reused.Rejection?.Code);
    }

    [Fact]
    public async Task A_repeat_is_answered_even_after_the_right_was_lost_and_a_new_operation_is_not()
    {
        var staff = new Caller(Ids.New(_chain.Clock), "staff", Role.Staff, new HashSet<Guid> { Store });
        var guest = staff with { Role = Role.Guest };
        var stranger = staff with { Stores = new HashSet<Guid> { TestChain.StoreIds[1] } };
        var sale = TestSales.Of(_chain, Store, (0, 1_000));
        var operation = TestSales.OperationOf(_chain, Store, sale);
        await TestSales.RecordAsync(_chain, operation, sale, staff);

        var repeat = await TestSales.RecordAsync(_chain, operation, sale, guest);
        var next = TestSales.Of(_chain, Store, (0, 1_000));

        Assert.True(repeat.Value.Replayed);
        Assert.Equal("common.forbidden", (await TestSales.RecordAsync(_chain, TestSales.OperationOf(_chain, Store, next), next, guest)).Rejection?.Code);
        Assert.Equal("common.not-found", (await TestSales.RecordAsync(_chain, TestSales.OperationOf(_chain, Store, next), next, stranger)).Rejection?.Code);
    }

    [Fact]
    public async Task A_refused_or_failed_operation_leaves_no_hole_and_no_trace()
    {
        var before = await HeadAsync();
        var sale = TestSales.Of(_chain, Store, (0, 1_000));
        var unknown = sale with { Lines = [sale.Lines[0] with { ProductId = Ids.New(_chain.Clock) }] };
        var refused = await TestSales.RecordAsync(_chain, TestSales.OperationOf(_chain, Store, unknown), unknown);

        // The head is taken, then the transaction dies with its connection.
        await using (var connection = await _chain.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var take = connection.CreateCommand();
            take.CommandText = "update store_head set seq = seq + 5 where store_id = $1";
            take.Parameters.Add(new() { Value = Store });
            await take.ExecuteNonQueryAsync();
            await transaction.RollbackAsync();
        }
        var sold = await TestSales.RecordAsync(_chain, TestSales.OperationOf(_chain, Store, sale), sale);

        Assert.Equal("sales.unknown-product", refused.Rejection?.Code);
        Assert.Equal(before + 2, sold.Value.Seq);
        Assert.Equal(await HeadAsync(), await _chain.ScalarAsync<long>("select count(*) from change_log where store_id = $1", Store));
    }

    [Fact]
    public async Task An_edit_logs_only_what_changed_with_what_it_was()
    {
        var id = TestChain.ProductId(Store, 0);
        await EditAsync(id, p => p.PriceMinor = 777);

        Assert.Equal("""{"priceMinor":777} {"priceMinor":100} 2""", await _chain.ScalarAsync<string>(
            "select after || ' ' || before || ' ' || version from change_log where store_id = $1 order by seq desc limit 1", Store));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_writes_no_log_row()
    {
        var before = await HeadAsync();
        await EditAsync(TestChain.ProductId(Store, 0), p => p.Name = new string(p.Name));

        Assert.Equal(before, await HeadAsync());
    }

    [Fact]
    public async Task Edits_of_one_product_at_once_all_land_one_version_after_another()
    {
        var id = TestChain.ProductId(Store, 0);
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => EditAsync(id, p => p.LowStockAtMilli += i)));

        Assert.All(outcomes, o => Assert.True(o.IsAccepted));
        Assert.Equal(10_000L + 21, await _chain.ScalarAsync<long>("select low_stock_at_milli from products where store_id = $1 and id = $2", Store, id));
        Assert.Equal(7L, await _chain.ScalarAsync<long>("select sync_version from products where store_id = $1 and id = $2", Store, id));
    }

    private Task<Outcome<Server.Sync.Committed>> EditAsync(Guid id, Action<Product> edit) =>
        _chain.Writer.CommitAsync(_chain.Operation("product.update", Store), Caller.System, ChainSyncJson.Default.Product, 200, async db =>
        {
            var product = await db.Products.SingleAsync(p => p.StoreId == Store && p.Id == id);
            edit(product);
            return product;
        }, CancellationToken.None);

    private Task<long> HeadAsync() => _chain.ScalarAsync<long>("select seq from store_head where store_id = $1", Store);
}
