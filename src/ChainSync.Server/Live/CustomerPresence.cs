using ChainSync.Core.Identity;
using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>Which customers are in a store's shop front now, told to those who work there.</summary>
internal sealed class CustomerPresence(TimeProvider clock) : IHubPresence
{
    public bool Counts(HubUser user, string streamId) => HubAuthority.CallerOf(user).Role == Role.Customer;

    // Not the customer's own either: it would tell them how many others there are.
    public HubFleeting Changed(string streamId, HubUser who, bool present, int online) =>
        FleetingFrames.Write(present ? "customer:online" : "customer:offline", Guid.Parse(streamId), clock.GetUtcNow(), ownerId: null, data =>
        {
            data.WriteString("userId"u8, who.Id);
            data.WriteNumber("online"u8, online);
            FleetingFrames.WriteCustomer(data, HubAuthority.CallerOf(who));
        });

    public HubFleeting State(string streamId, HubPresent present) =>
        FleetingFrames.Write("customer:presence", Guid.Parse(streamId), clock.GetUtcNow(), ownerId: null, data =>
        {
            data.WriteNumber("online"u8, present.Online);
            data.WriteStartArray("customers"u8);
            foreach (var who in present.Listed)
            {
                data.WriteStartObject();
                data.WriteString("userId"u8, who.Id);
                FleetingFrames.WriteCustomer(data, HubAuthority.CallerOf(who));
                data.WriteEndObject();
            }
            data.WriteEndArray();
        });
}
