namespace ChainSync.Core.Stores;

/// <summary>A store with what a till needs to price and print for it.</summary>
/// <param name="Id">The store's id.</param>
/// <param name="Code">Short and stable: <c>S1</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="CurrencyDigits">Decimal digits of the currency.</param>
/// <param name="Locale">BCP 47 tag.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="PricesIncludeTax">Whether shelf prices include tax.</param>
/// <param name="CashRoundingMinor">The smallest coin, minor units.</param>
/// <param name="TaxClasses">Its tax classes, by code.</param>
/// <param name="SyncVersion">The store row's version.</param>
/// <param name="LastSyncedAt">When the store row last changed, UTC.</param>
public sealed record StoreInfo(
    Guid Id, string Code, string Name, string Currency, short CurrencyDigits, string Locale, string TimeZone, bool PricesIncludeTax,
    long CashRoundingMinor, IReadOnlyList<TaxClassInfo> TaxClasses, long SyncVersion, DateTimeOffset LastSyncedAt);

/// <summary>A tax class in a <see cref="StoreInfo"/>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">Short and stable: <c>standard</c>.</param>
/// <param name="Name">What the receipt calls it.</param>
/// <param name="RatePpm">Parts per million.</param>
public sealed record TaxClassInfo(Guid Id, string Code, string Name, int RatePpm);
