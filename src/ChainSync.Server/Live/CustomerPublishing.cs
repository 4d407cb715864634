using System.Text.Json;
using System.Text.RegularExpressions;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Core.Pricing;
using ChainSync.Realtime;
using Npgsql;

namespace ChainSync.Server.Live;

/// <summary>What customers may publish from the shop front. What is said comes from the frame, who says it from the token.</summary>
internal sealed partial class CustomerPublishing(ActiveProducts products, TimeProvider clock) : IHubPublishing
{
    private static readonly TimeSpan ViewingExpires = TimeSpan.FromSeconds(30);
    private static readonly HubPublication NotPublishable = HubPublication.Refuse("hub.not-publishable");
    private static readonly HubPublication Invalid = HubPublication.Refuse("common.invalid");

    private static readonly Dictionary<string, Func<JsonElement, PresentCustomer, Said?>> Table = new(StringComparer.Ordinal)
    {
        [EventCatalogue.CustomerViewingProduct.Name] = ReadViewing,
        [EventCatalogue.CustomerAddedToCart.Name] = ReadCart,
        [EventCatalogue.CustomerActivity.Name] = ReadActivity,
    };

    public async ValueTask<HubPublication> JudgeAsync(HubUser user, HubPublish publish, CancellationToken cancellationToken)
    {
        var caller = HubAuthority.CallerOf(user);
        if (caller.Role != Role.Customer || !Table.TryGetValue(publish.Event, out var read)) return NotPublishable;
        if (!ChannelName.TryParse(publish.Channel, out var ns, out var storeId) || ns != "customers" || !caller.HasStore(storeId)) return NotPublishable;
        if (Read(read, publish.Data, CustomerPresence.Person(user)) is not { } said) return Invalid;
        if (said.ProductId is { } productId && await RefusalAsync(storeId, productId, cancellationToken) is { } refusal) return refusal;
        return HubPublication.Accept(storeId.ToString(), said.Write(storeId, clock.GetUtcNow()), said.Key);
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

    private static Said? Read(Func<JsonElement, PresentCustomer, Said?> read, ReadOnlyMemory<byte> json, PresentCustomer who)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement, who) : null;
    }

    private static Said? ReadViewing(JsonElement data, PresentCustomer who)
    {
        if (ProductOf(data) is not { } productId) return null;
        var payload = new ProductViewed(who.UserId, productId, who.CustomerId, who.Name);
        return new((store, at) => FleetingFrames.Write(EventCatalogue.CustomerViewingProduct, payload, store, at, who.UserId, ViewingExpires), productId);
    }

    private static Said? ReadCart(JsonElement data, PresentCustomer who)
    {
        if (ProductOf(data) is not { } productId || QuantityOf(data) is not { } quantityMilli) return null;
        var payload = new CartAddition(who.UserId, productId, quantityMilli, who.CustomerId, who.Name);
        return new((store, at) => FleetingFrames.Write(EventCatalogue.CustomerAddedToCart, payload, store, at, who.UserId), productId, productId.ToString());
    }

    private static Said? ReadActivity(JsonElement data, PresentCustomer who)
    {
        if (!data.TryGetProperty("kind", out var kind) || kind.ValueKind != JsonValueKind.String) return null;
        if (kind.GetString() is not { } word || !OneWord().IsMatch(word)) return null;
        var payload = new CustomerActivity(who.UserId, word, who.CustomerId, who.Name);
        return new((store, at) => FleetingFrames.Write(EventCatalogue.CustomerActivity, payload, store, at, who.UserId));
    }

    private static Guid? ProductOf(JsonElement data) =>
        data.TryGetProperty("productId", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var productId) ? productId : null;

    private static long? QuantityOf(JsonElement data) =>
        data.TryGetProperty("quantityMilli", out var quantity) && quantity.ValueKind == JsonValueKind.Number && quantity.TryGetInt64(out var milli)
        && milli is >= 1 and <= PricingBounds.MaxQuantityMilli
            ? milli
            : null;

    // It is shown on others' screens, so it is a word and no message.
    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,31}\z")]
    private static partial Regex OneWord();

    /// <summary>What a customer said, read and in bounds.</summary>
    /// <param name="Write">Writes it for a store and a time.</param>
    /// <param name="ProductId">The product that must be on offer there.</param>
    /// <param name="Key">What a newer one replaces an older one by, beside person and event.</param>
    private sealed record Said(Func<Guid, DateTimeOffset, HubFleeting> Write, Guid? ProductId = null, string? Key = null);
}
