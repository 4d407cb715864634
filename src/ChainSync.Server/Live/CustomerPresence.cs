using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Realtime;

namespace ChainSync.Server.Live;

/// <summary>Which customers are in a store's shop front now, told to those who work there.</summary>
internal sealed class CustomerPresence(TimeProvider clock) : IHubPresence
{
    /// <summary>Who is there, as it is told.</summary>
    public static CustomersPresent Of(HubPresent present) => new(present.Online, [.. present.Listed.Select(Person)]);

    /// <summary>A user by account, customer record and name.</summary>
    public static PresentCustomer Person(HubUser user)
    {
        var caller = HubAuthority.CallerOf(user);
        return new(Guid.Parse(user.Id), caller.CustomerId, caller.Name);
    }

    public bool Counts(HubUser user, string streamId) => HubAuthority.CallerOf(user).Role == Role.Customer;

    // Not the customer's own either: it would tell them how many others there are.
    public HubFleeting Changed(string streamId, HubUser who, bool present, int online)
    {
        var (userId, customerId, name) = Person(who);
        var definition = present ? EventCatalogue.CustomerOnline : EventCatalogue.CustomerOffline;
        return FleetingFrames.Write(definition, new(userId, online, customerId, name), Guid.Parse(streamId), clock.GetUtcNow());
    }

    public HubFleeting State(string streamId, HubPresent present) =>
        FleetingFrames.Write(EventCatalogue.CustomerPresence, Of(present), Guid.Parse(streamId), clock.GetUtcNow());
}
