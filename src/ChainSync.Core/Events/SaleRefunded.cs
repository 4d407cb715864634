namespace ChainSync.Core.Events;

/// <summary>A refund, without its lines.</summary>
/// <param name="Id">The refund's id.</param>
/// <param name="TotalMinor">Money back, minor units.</param>
/// <param name="TaxMinor">The tax in it, minor units.</param>
/// <param name="Reason">Why, in the cashier's words.</param>
/// <param name="CreatedAt">The till's clock.</param>
/// <param name="BusinessDate">The shop's local day it counts for.</param>
/// <param name="SaleId">The sale it takes back from; null for an imported return that names none.</param>
/// <param name="ActorName">Who gave the money back.</param>
public sealed record SaleRefunded(
    Guid Id,
    long TotalMinor,
    long TaxMinor,
    string Reason,
    DateTimeOffset CreatedAt,
    DateOnly BusinessDate,
    Guid? SaleId = null,
    string? ActorName = null);
