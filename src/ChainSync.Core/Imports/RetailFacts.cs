using System.Globalization;
using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;

namespace ChainSync.Core.Imports;

/// <summary>Makes sales, refunds and stock moves of documents.</summary>
internal sealed class RetailFacts
{
    private const int MilliPerUnit = 1_000;

    private readonly RetailCatalogue _catalogue;
    private readonly StoreBefore _before;
    private readonly RuleCounts _counts;
    private readonly RetailIds _ids;
    private readonly TimeZoneInfo _zone;
    private readonly CreditMatcher _matcher = new();
    private readonly Dictionary<Guid, SaleState> _sales;

    public RetailFacts(RetailCatalogue catalogue, StoreBefore before, RuleCounts counts, RetailNames names)
    {
        (_catalogue, _before, _counts, Names) = (catalogue, before, counts, names);
        _ids = new RetailIds(before.Store.Id);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(before.Store.TimeZone);
        _sales = new Dictionary<Guid, SaleState>(before.Sales);
        foreach (var (customer, product, line) in before.OpenLines) _matcher.Sold(customer, product, line);
    }

    public RetailNames Names { get; }

    public static long DeltaMilli(ImportRule fate, in RetailLine line) =>
        fate == RetailRules.Sold || fate == RetailRules.SoldFree || fate == RetailRules.Refunded
            ? -line.Quantity * (long)MilliPerUnit // sold is above zero and goes out, refunded below zero and comes back
            : line.Quantity * (long)MilliPerUnit;

    public void Add(ImportChunk chunk, RetailDocument document)
    {
        var (at, skipped) = LocalTime.ToInstant(document.At, _zone);
        if (skipped) _counts.Add(RetailRules.SkippedTime, document.Lines.Count);
        if (document.SaleLines.ToList() is { Count: > 0 } sold) AddSale(chunk, document, sold, at);
        if (document.RefundLines.ToList() is { Count: > 0 } refunded) AddRefunds(chunk, document, refunded, at);
        var corrections = document.Corrections.Select(line => (Names.Product(line.Sku), line.Quantity * (long)MilliPerUnit)).ToList();
        if (corrections.Count > 0) chunk.Corrections.Add(new StockCorrection(_ids.Correction(document.Number), corrections));
    }

    private void AddSale(ImportChunk chunk, RetailDocument document, List<RetailLine> sold, DateTimeOffset at)
    {
        var lines = sold.ConvertAll(SaleLine);
        for (var i = 0; i < lines.Count; i++) lines[i] = lines[i] with { LineNo = i + 1 };
        var total = lines.Sum(l => l.TotalMinor);
        var receipt = new ReceiptNumber(RetailIds.Source, long.Parse(document.Number, CultureInfo.InvariantCulture));
        var sale = new Sale
        {
            Id = _ids.Sale(document.Number), Number = receipt.ToString(), Receipt = receipt, CustomerId = CustomerOf(document),
            SoldAt = at, BusinessDate = DateOnly.FromDateTime(document.At), Status = "completed", PaymentStatus = "paid",
            Currency = _before.Store.Currency, PricesIncludeTax = _before.Store.PricesIncludeTax, Lines = lines,
            SubtotalMinor = total, DiscountMinor = 0, TaxMinor = 0, TotalMinor = total, CashRoundingMinor = 0,
            Payments = [new Payment(PaymentMethod.Other, total)], ChangeMinor = 0,
            ImportedFrom = RetailIds.OriginOf(document.Number), SyncVersion = 1, LastSyncedAt = default,
        };
        chunk.Facts.Add(new ImportedFact(sale));
        _sales[sale.Id] = new SaleState(total, 0, sale.PaymentStatus, 1);
        Balance(chunk, sale.CustomerId, total, 1, at);
        for (var i = 0; i < lines.Count; i++)
        {
            if (MovesStock(sold[i])) Move(chunk.Taken, lines[i].ProductId, -lines[i].QuantityMilli);
            if (sale.CustomerId is { } customer && !sold[i].IsFinerThanMinor)
                _matcher.Sold(customer, lines[i].ProductId, new OpenLine(sale.Id, lines[i].LineNo, lines[i].UnitPriceMinor, lines[i].QuantityMilli));
        }
    }

    private SaleLine SaleLine(RetailLine line)
    {
        var gross = line.PriceMinor * line.Quantity;
        var discount = gross - line.AmountMinor;
        return new SaleLine(
            0, Names.Product(line.Sku), line.Sku, NameOf(line), line.Quantity * (long)MilliPerUnit, line.PriceMinor, line.PriceMinor,
            TaxRatePpm: 0, gross, discount, TicketDiscountMinor: 0, TaxMinor: 0, line.AmountMinor,
            discount == 0 ? null : new GivenDiscount(DiscountKind.Amount, AmountMinor: discount));
    }

    // A credit note that takes back from several sales is several refunds: a refund names one sale.
    private void AddRefunds(ImportChunk chunk, RetailDocument document, List<RetailLine> lines, DateTimeOffset at)
    {
        var matched = lines.ConvertAll(line => (Line: line, Sale: Match(document, line)));
        foreach (var group in matched.GroupBy(m => m.Sale?.SaleId))
        {
            var refund = RefundOf(document, group.Key, [.. group], at);
            var before = group.Key is { } saleId ? _sales[saleId] : null;
            var after = before?.Refund(refund.TotalMinor);
            chunk.Facts.Add(new ImportedFact(null, refund, before, after));
            if (group.Key is { } id) NoteRefunded(chunk, id, before!, after!);
            Balance(chunk, refund.CustomerId, -refund.TotalMinor, 0, null);
            foreach (var (line, _) in group.Where(m => MovesStock(m.Line))) Move(chunk.Returned, Names.Product(line.Sku), -line.Quantity * (long)MilliPerUnit);
        }
    }

    private OpenLine? Match(RetailDocument document, in RetailLine line)
    {
        var sale = CustomerOf(document) is { } customer && !line.IsFinerThanMinor
            ? _matcher.Take(customer, Names.Product(line.Sku), line.PriceMinor, -line.Quantity * (long)MilliPerUnit)
            : null;
        _counts.Add(sale is null ? RetailRules.Unmatched : RetailRules.Matched);
        return sale;
    }

    private Refund RefundOf(RetailDocument document, Guid? saleId, List<(RetailLine Line, OpenLine? Sale)> lines, DateTimeOffset at)
    {
        var refunded = lines.Select((m, i) => new RefundLine(
            i + 1, m.Sale?.LineNo, Names.Product(m.Line.Sku), m.Line.Sku, NameOf(m.Line), -m.Line.Quantity * (long)MilliPerUnit, 0, -m.Line.AmountMinor)).ToList();
        var total = refunded.Sum(l => l.TotalMinor);
        return new Refund
        {
            Id = _ids.Refund(document.Number, saleId), SaleId = saleId, CustomerId = CustomerOf(document), Reason = $"Credit note {document.Number}",
            Restock = lines.Exists(m => MovesStock(m.Line)), Lines = refunded, TotalMinor = total, TaxMinor = 0,
            Payments = [new Payment(PaymentMethod.Other, total)], CreatedAt = at, BusinessDate = DateOnly.FromDateTime(document.At),
            ImportedFrom = RetailIds.OriginOf(document.Number), SyncVersion = 1, LastSyncedAt = default,
        };
    }

    private void NoteRefunded(ImportChunk chunk, Guid saleId, SaleState before, SaleState after)
    {
        _sales[saleId] = after;
        chunk.RefundedSales[saleId] = chunk.RefundedSales.TryGetValue(saleId, out var noted) ? (noted.Before, after) : (before, after);
    }

    private static void Balance(ImportChunk chunk, Guid? customer, long spentMinor, int orders, DateTimeOffset? at)
    {
        if (customer is not { } id) return;
        var before = chunk.Balances.GetValueOrDefault(id) ?? new CustomerBalance(0, 0, null);
        chunk.Balances[id] = new CustomerBalance(before.SpentMinor + spentMinor, before.Orders + orders, at ?? before.LastOrderAt);
    }

    private static bool MovesStock(in RetailLine line) => RetailCode.KindOf(line.Sku) == RetailCodeKind.Goods;

    private static void Move(Dictionary<Guid, long> moves, Guid product, long deltaMilli) => moves[product] = moves.GetValueOrDefault(product) + deltaMilli;

    private Guid? CustomerOf(RetailDocument document) => document.Customer.Length > 0 ? Names.Customer(document.Customer) : null;

    private string NameOf(in RetailLine line) => line.Description.Length > 0 ? line.Description : _catalogue.Product(line.Sku).Name;
}
