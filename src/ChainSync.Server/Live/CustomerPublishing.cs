using System.Text.Json;
using System.Text.RegularExpressions;
using ChainSync.Core.Identity;
using ChainSync.Core.Pricing;
using ChainSync.Realtime;
using Npgsql;

namespace ChainSync.Server.Live;

/// <summary>What customers may publish from the shop front. What is said comes from the frame, who says it from the token.</summary>
internal sealed partial class CustomerPublishing(ActiveProducts products, TimeProvider clock) : IHubPublishing
{
    private static readonly HubPublication NotPublishable = HubPublication.Refuse("hub.not-publishable");
    private static readonly HubPublication Invalid = HubPublication.Refuse("common.invalid");

    private static readonly Dictionary<string, Publishable> Table = new(StringComparer.Ordinal)
    {
        ["customer:viewing_product"] = new(ReadProduct, ExpiresAfter: TimeSpan.FromSeconds(30)),
        ["customer:added_to_cart"] = new(ReadCart, PerProduct: true),
        ["customer:activity"] = new(ReadActivity),
    };

    public async ValueTask<HubPublication> JudgeAsync(HubUser user, HubPublish publish, CancellationToken cancellationToken)
    {
        var caller = HubAuthority.CallerOf(user);
        if (caller.Role != Role.Customer || !Table.TryGetValue(publish.Event, out var publishable)) return NotPublishable;
        if (!TryParse(publish.Channel, out var storeId) || !caller.HasStore(storeId)) return NotPublishable;
        if (Read(publishable, publish.Data) is not { } said) return Invalid;
        if (said.ProductId is { } productId && await RefusalAsync(storeId, productId, cancellationToken) is { } refusal) return refusal;
        var fleeting = FleetingFrames.Write(publish.Event, storeId, clock.GetUtcNow(), caller.Id, data =>
        {
            data.WriteString("userId"u8, user.Id);
            if (said.ProductId is { } id) data.WriteString("productId"u8, id);
            if (said.QuantityMilli is { } quantity) data.WriteNumber("quantityMilli"u8, quantity);
            if (said.Kind is { } kind) data.WriteString("kind"u8, kind);
            FleetingFrames.WriteCustomer(data, caller);
        }, publishable.ExpiresAfter);
        return HubPublication.Accept(storeId.ToString(), fleeting, publishable.PerProduct ? said.ProductId.ToString() : null);
    }

    private async ValueTask<HubPublication?> RefusalAsync(Guid storeId, Guid productId, CancellationToken cancellationToken)
    {
        try
        {
            return await products.ContainsAsync(storeId, productId, cancellationToken) ? null : Invalid;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Nobody loses a connection over something that is forgotten in half a minute.
            return HubPublication.Refuse("common.fault");
        }
    }

    private static bool TryParse(string channel, out Guid storeId)
    {
        storeId = Guid.Empty;
        return channel.Split(':') is [FleetingFrames.Namespace, var id] && Guid.TryParseExact(id, "D", out storeId);
    }

    private static Said? Read(Publishable publishable, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object ? publishable.Read(document.RootElement) : null;
    }

    private static Said? ReadProduct(JsonElement data) =>
        data.TryGetProperty("productId", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var productId) ? new(productId) : null;

    private static Said? ReadCart(JsonElement data) =>
        ReadProduct(data) is { } said
        && data.TryGetProperty("quantityMilli", out var quantity) && quantity.ValueKind == JsonValueKind.Number && quantity.TryGetInt64(out var milli)
        && milli is >= 1 and <= PricingBounds.MaxQuantityMilli
            ? said with { QuantityMilli = milli }
            : null;

    private static Said? ReadActivity(JsonElement data) =>
        data.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() is { } word && OneWord().IsMatch(word)
            ? new(Kind: word)
            : null;

    // It is shown on others' screens, so it is a word and no message.
    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,31}\z")]
    private static partial Regex OneWord();

    private sealed record Publishable(Func<JsonElement, Said?> Read, TimeSpan? ExpiresAfter = null, bool PerProduct = false);

    private sealed record Said(Guid? ProductId = null, long? QuantityMilli = null, string? Kind = null);
}
