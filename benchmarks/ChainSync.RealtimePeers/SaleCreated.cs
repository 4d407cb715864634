using System.Text.Json.Serialization;

namespace ChainSync.RealtimePeers;

/// <summary>The frame that the server sends for a sale, field by field; the position is what the bench counts by.</summary>
internal sealed record SaleCreated(string Type, string Channel, string StoreId, long Seq, string At, SaleSummary Data)
{
    public static SaleCreated Of(string storeId, long seq) => new(
        "sale:created", $"orders:{storeId}", storeId, seq, "2026-03-02T08:15:30.120Z",
        new("019cad0e-7a31-7c52-9b1f-3f6a5c1d2e4f", "S1-R2-18", 1250, "EUR", "2026-03-02T08:15:29.874Z", "2026-03-02", "Ann Baker",
            "019cad0e-0b52-7d11-8a3c-5e0f9d7c6b1a", [], 3, 3000, ["cash"]));
}

internal sealed record SaleSummary(
    string Id, string Number, long TotalMinor, string Currency, string SoldAt, string BusinessDate, string ActorName, string RegisterId,
    IReadOnlyList<string> Flags, int Items, long ItemsMilli, IReadOnlyList<string> PaymentMethods);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SaleCreated))]
[JsonSerializable(typeof(string))]
internal sealed partial class PeerJson : JsonSerializerContext;
