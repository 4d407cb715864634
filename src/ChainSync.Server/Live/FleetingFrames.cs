using System.Buffers;
using System.Text.Json;
using ChainSync.Core.Identity;
using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>Events of the moment about a store's customers, as finished frames on the channel <c>customers:&lt;storeId&gt;</c>.</summary>
internal static class FleetingFrames
{
    public const string Namespace = "customers";

    /// <summary>Writes an event.</summary>
    /// <param name="type">Its name on the wire.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="ownerId">The person whose own it is, who may see it beside those who work in the store; null for the latter only.</param>
    /// <param name="writeData">Writes the fields of <c>data</c>.</param>
    /// <param name="expiresAfter">For a state that ends by itself.</param>
    public static HubFleeting Write(
        string type, Guid storeId, DateTimeOffset at, Guid? ownerId, Action<Utf8JsonWriter> writeData, TimeSpan? expiresAfter = null)
    {
        var channel = HubEvents.Channel(Namespace, storeId);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            json.WriteString("channel"u8, channel);
            json.WriteString("storeId"u8, storeId);
            json.WriteString("at"u8, at);
            if (expiresAfter is { } expires) json.WriteNumber("expiresInMs"u8, (long)expires.TotalMilliseconds);
            json.WriteStartObject("data"u8);
            writeData(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return new HubFleeting(channel, buffer.WrittenSpan, new Audience(storeId, ownerId));
    }

    /// <summary>The customer's record and name, where the token has them.</summary>
    public static void WriteCustomer(Utf8JsonWriter json, Caller customer)
    {
        if (customer.CustomerId is { } customerId) json.WriteString("customerId"u8, customerId);
        json.WriteString("name"u8, customer.Name);
    }

    /// <summary>Who may see a fleeting event of a store.</summary>
    internal sealed record Audience(Guid StoreId, Guid? OwnerId)
    {
        public bool Admits(Caller caller) =>
            caller.HasStore(StoreId) && (Permissions.MaySee(caller.Role, Namespace) || (OwnerId is { } owner && owner == caller.Id));
    }
}
