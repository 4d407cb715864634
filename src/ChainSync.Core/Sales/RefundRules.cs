using ChainSync.Core.Identity;
using ChainSync.Core.Pricing;
using ChainSync.Core.Stores;

namespace ChainSync.Core.Sales;

/// <summary>Judges and prices a refund of a sale's lines: never more than was sold, and all refunds together exactly the sale.</summary>
public static class RefundRules
{
    /// <summary>A line the sale does not have.</summary>
    public const string UnknownLine = "sales.unknown-line";

    /// <summary>The payments are not what the lines come to.</summary>
    public const string PaymentMismatch = "sales.refund-payment-mismatch";

    /// <summary>The refund as it is to be recorded, or why not.</summary>
    /// <param name="refund">What the till sent.</param>
    /// <param name="sold">The sale with what came back of it before.</param>
    /// <param name="store">The store.</param>
    /// <param name="caller">Who gives the money back.</param>
    /// <param name="now">The server's clock.</param>
    public static Outcome<Refund> Record(RecordRefund refund, SoldBefore sold, Store store, Caller caller, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(refund);
        ArgumentNullException.ThrowIfNull(sold);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(caller);
        if (CheckShape(refund) is { } invalid) return invalid;
        var lines = PriceLines(refund, sold);
        if (!lines.IsAccepted) return lines.Rejection;
        var total = lines.Value.Sum(l => l.TotalMinor);
        if (CheckPayments(refund, total, store.CashRoundingMinor) is { } mismatch) return mismatch;
        return new Refund
        {
            Id = refund.Id,
            SaleId = sold.SaleId,
            ActorId = caller.Id,
            ActorName = caller.Name,
            CustomerId = sold.CustomerId,
            Reason = refund.Reason.Trim(),
            Restock = refund.Restock,
            Lines = lines.Value,
            TotalMinor = total,
            TaxMinor = lines.Value.Sum(l => l.TaxMinor),
            CashRoundingMinor = refund.CashRoundingMinor,
            Payments = refund.Payments,
            CreatedAt = refund.RefundedAt.ToUniversalTime(),
            BusinessDate = store.DayOf(refund.RefundedAt < now ? refund.RefundedAt : now),
            SyncVersion = 1,
            LastSyncedAt = now,
        };
    }

    private static Rejection? CheckShape(RecordRefund refund)
    {
        var errors = new FieldErrors();
        errors.Require(refund.Id != Guid.Empty, "id", "Must be a UUID made for this refund.");
        errors.CheckText("reason", refund.Reason, SaleLimits.ReasonLength);
        errors.Require(refund.RefundedAt.Year is >= 2000 and < 2200, "refundedAt", "Must be a date between 2000 and 2200.");
        errors.Require(refund.Payments.Count is > 0 and <= PricingBounds.MaxPayments, "payments", $"Must be 1 to {PricingBounds.MaxPayments}.");
        errors.Require(refund.Lines.Count is > 0 and <= PricingBounds.MaxLines, "lines", $"Must be 1 to {PricingBounds.MaxLines} lines.");
        errors.Require(refund.Lines.DistinctBy(l => l.LineNo).Count() == refund.Lines.Count, "lines", "Must name each line of the sale once.");
        return errors.ToRejection();
    }

    private static Outcome<IReadOnlyList<RefundLine>> PriceLines(RecordRefund refund, SoldBefore sold)
    {
        var lines = new List<RefundLine>();
        for (var i = 0; i < refund.Lines.Count; i++)
        {
            var wanted = refund.Lines[i];
            if (!sold.Lines.TryGetValue(wanted.LineNo, out var line))
                return Rejection.OfField(UnknownLine, "The sale has no such line.", $"lines[{i}].lineNo", "Must be a line of the sale.");
            var priced = RefundPricer.Price(line.Sold, line.Before, wanted.QuantityMilli);
            if (!priced.IsAccepted) return At(i, priced.Rejection);
            var portion = priced.Value;
            lines.Add(new RefundLine(i + 1, wanted.LineNo, line.ProductId, line.Sku, line.Name, portion.QuantityMilli, portion.TaxMinor, portion.TotalMinor));
        }
        return Outcome.Of<IReadOnlyList<RefundLine>>(lines);
    }

    private static Rejection At(int index, Rejection rejection) => rejection with
    {
        Errors = rejection.Errors?.ToDictionary(e => $"lines[{index}].{e.Key}", e => e.Value),
    };

    private static Rejection? CheckPayments(RecordRefund refund, long total, long smallestCoin)
    {
        if (PaymentRules.CheckCashRounding(refund.Payments, refund.CashRoundingMinor, smallestCoin) is { } misrounded) return misrounded;
        var due = total + refund.CashRoundingMinor;
        var errors = new FieldErrors();
        for (var i = 0; i < refund.Payments.Count; i++)
        {
            errors.Require(refund.Payments[i].Method != PaymentMethod.Unknown, $"payments[{i}].method", "Must be one of cash, card, voucher, credit, other.");
            errors.CheckRange($"payments[{i}].amountMinor", refund.Payments[i].AmountMinor, 0, due);
            errors.Require(refund.Payments[i].TenderedMinor is null, $"payments[{i}].tenderedMinor", "Must not be there: money goes back.");
        }
        if (errors.ToRejection() is { } invalid) return invalid;
        return refund.Payments.Sum(p => p.AmountMinor) == due
            ? null
            : Rejection.OfField(PaymentMismatch, $"The lines and the cash rounding come to {due}; the money back must be exactly that.", "payments", $"Must sum to {due}.");
    }
}

/// <summary>A sale and what came back of it before.</summary>
/// <param name="SaleId">The sale.</param>
/// <param name="CustomerId">Who bought, where known.</param>
/// <param name="TotalMinor">What it cost.</param>
/// <param name="RefundedMinor">What was given back before.</param>
/// <param name="SyncVersion">Its version, which a refund raises: two refunds at once cannot both be right.</param>
/// <param name="Lines">Its lines by number.</param>
public sealed record SoldBefore(
    Guid SaleId, Guid? CustomerId, long TotalMinor, long RefundedMinor, long SyncVersion, IReadOnlyDictionary<int, SoldLineBefore> Lines);

/// <summary>A sold line and what came back of it before.</summary>
/// <param name="ProductId">What was sold.</param>
/// <param name="Sku">Its code then.</param>
/// <param name="Name">Its name then.</param>
/// <param name="Sold">The line as sold.</param>
/// <param name="Before">The sum of its refunds.</param>
public sealed record SoldLineBefore(Guid ProductId, string Sku, string Name, LinePortion Sold, LinePortion Before);
