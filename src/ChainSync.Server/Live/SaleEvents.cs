using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Json;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of sales and refunds.</summary>
internal static class SaleEvents
{
    public static void Created(LogRow row, EventFrames frames)
    {
        var sale = JsonSerializer.Deserialize(row.Change.After!, SaleBodyJson.Default.SaleBody)!;
        frames.Add(
            EventCatalogue.SaleCreated,
            new SaleCreated(
                sale.Id, sale.Number, sale.TotalMinor, sale.Currency, sale.SoldAt, sale.BusinessDate, sale.Flags, sale.Lines.Count,
                sale.Lines.Sum(l => l.QuantityMilli), [.. sale.Payments.Select(p => p.Method).Distinct()], sale.ActorName, sale.RegisterId, sale.CustomerId),
            sale.CustomerId);
        frames.Add(
            EventCatalogue.PaymentReceived, new PaymentReceived(sale.Id, sale.Number, sale.Currency, sale.TotalMinor, sale.Payments), sale.CustomerId);
    }

    public static void Updated(LogRow row, EventFrames frames)
    {
        using var document = JsonDocument.Parse(row.Change.After!);
        frames.AddDocument(EventCatalogue.SaleUpdated, document.RootElement.EnumerateObject(), OwnerOf(row));
    }

    public static void Refunded(LogRow row, EventFrames frames)
    {
        var refund = JsonSerializer.Deserialize(row.Change.After!, ChainSyncJson.Default.Refund)!;
        var told = new SaleRefunded(
            refund.Id, refund.TotalMinor, refund.TaxMinor, refund.Reason, refund.CreatedAt, refund.BusinessDate, refund.SaleId, refund.ActorName);
        frames.Add(EventCatalogue.PaymentRefunded, told, refund.CustomerId);
        // Staff sell and refund but do not see payments; what it means for the day they see here.
        frames.Add(EventCatalogue.SaleRefunded, told, refund.CustomerId);
    }

    // The row says what changed; whose sale it is was looked up.
    private static Guid? OwnerOf(LogRow row)
    {
        if (row.State is null) return null;
        using var state = JsonDocument.Parse(row.State);
        return state.RootElement.TryGetProperty("customerId"u8, out var owner) && owner.ValueKind == JsonValueKind.String ? owner.GetGuid() : null;
    }
}
