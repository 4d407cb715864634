using ChainSync.Core.Pricing;
using ChainSync.Core.Sales;

namespace ChainSync.Core.Events;

/// <summary>A sale, without its lines: what a list or a ticker shows.</summary>
/// <param name="Id">The sale's id.</param>
/// <param name="Number">What people call it: the receipt's number, else the tail of the id.</param>
/// <param name="TotalMinor">What the goods cost, minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SoldAt">The till's clock at the sale.</param>
/// <param name="BusinessDate">The shop's local day it counts for.</param>
/// <param name="Flags">What a manager should look at; see <see cref="SaleFlags"/>.</param>
/// <param name="Items">How many lines.</param>
/// <param name="ItemsMilli">How much was sold, thousandths over all lines.</param>
/// <param name="PaymentMethods">How it was paid, each method once.</param>
/// <param name="ActorName">Who sold.</param>
/// <param name="RegisterId">The register that sold.</param>
/// <param name="CustomerId">Who bought, where known: the event is their own.</param>
public sealed record SaleCreated(
    Guid Id,
    string Number,
    long TotalMinor,
    string Currency,
    DateTimeOffset SoldAt,
    DateOnly BusinessDate,
    IReadOnlyList<string> Flags,
    int Items,
    long ItemsMilli,
    IReadOnlyList<PaymentMethod> PaymentMethods,
    string? ActorName = null,
    Guid? RegisterId = null,
    Guid? CustomerId = null);
