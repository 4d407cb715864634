using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Json;
using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;

namespace ChainSync.LoadGen;

/// <summary>Sales of three lines, made before the clock starts.</summary>
internal static class BenchSales
{
    public static RecordSale Make(Guid storeId, Random random)
    {
        var products = Enumerable.Range(0, 3).Select(_ => random.Next(BenchChain.ProductsPerStore)).ToList();
        var priced = BasketPricer.Price(new Basket(
            Currency.Eur, true, [.. products.Select(_ => new BasketLine(BenchChain.PriceMinor, 1_000, BenchChain.TaxRatePpm))])).Value;
        var lines = products.Select((p, i) => new SoldLine(
            i + 1, BenchChain.ProductId(storeId, p), 1_000, BenchChain.PriceMinor, BenchChain.TaxRatePpm, priced.Lines[i].GrossMinor, 0, 0,
            priced.Lines[i].TaxMinor, priced.Lines[i].TotalMinor)).ToList();
        return new RecordSale(
            Ids.New(TimeProvider.System), TimeProvider.System.GetUtcNow(), "EUR", true, lines, priced.SubtotalMinor, 0, priced.TaxMinor, priced.TotalMinor, 0,
            [new Payment(PaymentMethod.Cash, priced.TotalMinor)], 0);
    }

    public static byte[] ToRequest(Guid storeId, RecordSale sale, string token) => RawHttp.Post(
        $"/api/stores/{storeId}/sales", token, Ids.New(TimeProvider.System), JsonSerializer.SerializeToUtf8Bytes(sale, ChainSyncJson.Default.RecordSale));
}
