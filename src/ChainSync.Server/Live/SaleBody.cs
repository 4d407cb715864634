using System.Text.Json.Serialization;
using ChainSync.Core.Pricing;

namespace ChainSync.Server.Live;

/// <summary>As much of a sale in the log as its events tell. Reading all of it would take twice the memory.</summary>
internal sealed record SaleBody(
    Guid Id,
    string Number,
    long TotalMinor,
    string Currency,
    DateTimeOffset SoldAt,
    DateOnly BusinessDate,
    List<SaleBody.Line> Lines,
    List<Payment> Payments,
    List<string> Flags,
    string? ActorName = null,
    Guid? RegisterId = null,
    Guid? CustomerId = null)
{
    /// <summary>How much of a line was sold.</summary>
    internal readonly record struct Line(long QuantityMilli);
}

/// <summary>The JSON of <see cref="SaleBody"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SaleBody))]
internal sealed partial class SaleBodyJson : JsonSerializerContext;
