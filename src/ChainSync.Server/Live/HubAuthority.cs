using System.Collections.Concurrent;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Realtime;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.Server.Infrastructure.Http;

namespace ChainSync.Server.Live;

/// <summary>Who may follow what: the same tokens, stores and role matrix as everywhere else.</summary>
public sealed class HubAuthority(TokenVerifier tokens, RevokedSessions revoked, LogReader log) : IHubAuthority
{
    private const string Unknown = "common.not-found";

    private readonly ConcurrentDictionary<Guid, bool> _seen = [];

    public ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        var verified = tokens.Verify(token);
        return ValueTask.FromResult(verified.Match(
            t => HubAuthentication.Accept(new HubUser(t.PersonId.ToString(), RoleNames.Of(t.Role), t.ExpiresAt, new Claims(t.ToCaller(ip: null), t.SessionId))),
            r => r.Code == "auth.expired" ? HubAuthentication.RefuseExpired(r.Code) : HubAuthentication.Refuse(r.Code)));
    }

    public async ValueTask<HubResolution> ResolveAsync(HubUser user, string? ns, string? channel, CancellationToken cancellationToken)
    {
        var caller = CallerOf(user);
        return channel is not null
            ? await ResolveChannelAsync(caller, channel, cancellationToken)
            : await ResolveNamespaceAsync(caller, ns!, cancellationToken);
    }

    public bool MaySee(HubUser user, HubEvent hubEvent)
    {
        var (caller, audience) = (CallerOf(user), (HubEvents.Audience)hubEvent.Audience!);
        if (audience.UserId is { } addressee) return addressee == caller.Id;
        if (audience.Namespace == Notice.WholeStore) return caller.Role >= Role.Staff;
        if (!Permissions.MaySee(caller.Role, audience.Namespace)) return false;
        if (audience.View is { } view && view != (caller.Role >= Role.Staff ? CatalogueView.Staff : CatalogueView.Public)) return false;
        return caller.Role >= Role.Staff || audience.Namespace == "products" || (audience.OwnerId is { } owner && owner == caller.CustomerId);
    }

    public bool MaySee(HubUser user, HubFleeting fleeting) => ((FleetingFrames.Audience)fleeting.Audience!).Admits(CallerOf(user));

    public bool IsRevoked(HubUser user) => revoked.Contains(ClaimsOf(user).SessionId);

    private async Task<HubResolution> ResolveChannelAsync(Caller caller, string channel, CancellationToken cancellationToken)
    {
        if (!ChannelName.TryParse(channel, out var ns, out var storeId) || !caller.HasStore(storeId)) return HubResolution.Refuse(Unknown);
        if (ns != ChannelName.WholeStore && !Permissions.MaySee(caller.Role, ns)) return HubResolution.Refuse(Unknown);
        // An admin has every store, also those that do not exist.
        if (!await ExistsAsync(storeId, cancellationToken)) return HubResolution.Refuse(Unknown);
        return HubResolution.To(new HubChannel(HubEvents.Channel(ns, storeId), storeId.ToString(), ns == ChannelName.WholeStore));
    }

    // Stores stay: what was seen once is not asked for again when ten thousand come back together.
    private async ValueTask<bool> ExistsAsync(Guid storeId, CancellationToken cancellationToken)
    {
        if (_seen.ContainsKey(storeId)) return true;
        if (await log.HeadAsync(storeId, cancellationToken) is null) return false;
        _seen[storeId] = true;
        return true;
    }

    private async Task<HubResolution> ResolveNamespaceAsync(Caller caller, string ns, CancellationToken cancellationToken)
    {
        if (!Permissions.MaySee(caller.Role, ns)) return HubResolution.Refuse(Unknown);
        IEnumerable<Guid> stores = caller.Role == Role.Admin ? (await log.HeadsAsync(cancellationToken)).Keys : caller.Stores;
        var channels = stores.Order().Select(s => new HubChannel(HubEvents.Channel(ns, s), s.ToString())).ToArray();
        return channels.Length == 0 ? HubResolution.Refuse(Unknown) : HubResolution.To(channels);
    }

    internal static Caller CallerOf(HubUser user) => ClaimsOf(user).Caller;

    private static Claims ClaimsOf(HubUser user) => (Claims)user.Claims!;

    private sealed record Claims(Caller Caller, Guid SessionId);
}
