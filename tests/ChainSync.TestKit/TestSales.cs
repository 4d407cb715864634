using System.Security.Cryptography;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Log;
using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;
using ChainSync.Server.Features.Sales;
using ChainSync.Server.Sync;

namespace ChainSync.TestKit;

/// <summary>Sales for tests, priced by the real rules.</summary>
public static class TestSales
{
    private const int TaxRatePpm = 190_000;

    /// <summary>A sale of these products (index and quantity in thousandths), paid exactly in cash.</summary>
    public static RecordSale Of(TestChain chain, Guid storeId, params IReadOnlyList<(int Product, long QuantityMilli)> lines)
    {
        var basket = new Basket(Currency.Eur, true, [.. lines.Select(l => new BasketLine(TestChain.PriceOf(l.Product), l.QuantityMilli, TaxRatePpm))]);
        var priced = BasketPricer.Price(basket).Value;
        var sold = lines.Zip(priced.Lines, (l, p) => (l, p)).Select((x, i) => new SoldLine(
            i + 1, TestChain.ProductId(storeId, x.l.Product), x.l.QuantityMilli, TestChain.PriceOf(x.l.Product), TaxRatePpm,
            x.p.GrossMinor, x.p.DiscountMinor, x.p.TicketDiscountMinor, x.p.TaxMinor, x.p.TotalMinor)).ToList();
        return new RecordSale(
            Ids.New(chain.Clock), chain.Clock.GetUtcNow(), "EUR", true, sold, priced.SubtotalMinor, priced.DiscountMinor, priced.TaxMinor, priced.TotalMinor,
            0, [new Payment(PaymentMethod.Cash, priced.TotalMinor)], 0);
    }

    /// <summary>The operation that records a sale, with an id of its own.</summary>
    public static Operation OperationOf(TestChain chain, Guid storeId, RecordSale sale) =>
        new(Ids.New(chain.Clock), "sale.record", storeId, SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(sale, ChainSyncJson.Default.RecordSale)));

    /// <summary>Records a sale under an operation.</summary>
    public static Task<Outcome<Committed>> RecordAsync(
        TestChain chain, Operation operation, RecordSale sale, Caller? caller = null, CancellationToken cancellationToken = default) =>
        chain.Writer.CommitAsync(operation, caller ?? Caller.System, new RecordSaleCommand(operation, sale, caller ?? Caller.System), cancellationToken);

    /// <summary>Records a new sale.</summary>
    public static Task<Outcome<Committed>> SellAsync(TestChain chain, Guid storeId, params IReadOnlyList<(int Product, long QuantityMilli)> lines)
    {
        var sale = Of(chain, storeId, lines);
        return RecordAsync(chain, OperationOf(chain, storeId, sale), sale);
    }
}
