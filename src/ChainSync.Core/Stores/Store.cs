using ChainSync.Core.Log;

namespace ChainSync.Core.Stores;

/// <summary>A shop of the chain. Chain-wide data: its own row lives in the stream of the nil store.</summary>
public sealed class Store : ISynced
{
    /// <summary>The stream of chain-wide data.</summary>
    public static readonly Guid Chain = Guid.Empty;

    /// <inheritdoc/>
    public required Guid Id { get; init; }

    /// <summary>Short and stable, part of receipt numbers: <c>S1</c>.</summary>
    public required string Code { get; set; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>ISO 4217 code of the currency it sells in.</summary>
    public required string Currency { get; set; }

    /// <summary>Decimal digits of the currency: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    public required short CurrencyDigits { get; set; }

    /// <summary>BCP 47 tag for dates and money on its screens and receipts.</summary>
    public required string Locale { get; set; }

    /// <summary>IANA zone of its clock on the wall; fixes which day a sale belongs to.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Whether shelf prices include tax.</summary>
    public required bool PricesIncludeTax { get; set; }

    /// <summary>The smallest coin in minor units; 1 where cash is not rounded.</summary>
    public required long CashRoundingMinor { get; set; }

    /// <inheritdoc/>
    public long SyncVersion { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset LastSyncedAt { get; set; }

    Guid ISynced.StoreId => Chain;

    /// <summary>The shop's local day of an instant.</summary>
    /// <param name="instant">Any instant.</param>
    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);
}
