using System.Buffers;
using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>Events of the moment as finished frames.</summary>
internal static class FleetingFrames
{
    /// <summary>Writes an event.</summary>
    /// <param name="definition">Which.</param>
    /// <param name="payload">Its data.</param>
    /// <param name="storeId">The store.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="ownerId">The person whose own it is, who may see it beside those who work in the store; null for the latter only.</param>
    /// <param name="expiresAfter">For a state that ends by itself.</param>
    public static HubFleeting Write<T>(
        EventDefinition<T> definition, T payload, Guid storeId, DateTimeOffset at, Guid? ownerId = null, TimeSpan? expiresAfter = null)
        where T : class
    {
        var channel = HubEvents.Channel(definition.Namespace, storeId);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, definition.Name);
            json.WriteString("channel"u8, channel);
            json.WriteString("storeId"u8, storeId);
            json.WriteString("at"u8, at);
            if (expiresAfter is { } expires) json.WriteNumber("expiresInMs"u8, (long)expires.TotalMilliseconds);
            json.WritePropertyName("data"u8);
            JsonSerializer.Serialize(json, payload, definition.Payload);
            json.WriteEndObject();
        }
        return new HubFleeting(channel, buffer.WrittenSpan, new Audience(definition.Namespace, storeId, ownerId));
    }

    /// <summary>Who may see a fleeting event of a store.</summary>
    internal sealed record Audience(string Namespace, Guid StoreId, Guid? OwnerId)
    {
        public bool Admits(Caller caller) =>
            caller.HasStore(StoreId) && (Permissions.MaySee(caller.Role, Namespace) || (OwnerId is { } owner && owner == caller.Id));
    }
}
