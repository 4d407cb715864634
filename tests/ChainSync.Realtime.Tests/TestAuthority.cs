using System.Collections.Concurrent;

namespace ChainSync.Realtime.Tests;

/// <summary>
/// A host of two shops. A token reads <c>user/role[/seconds]</c>; roles are <c>manager</c> (sees all), <c>staff</c> (no payments)
/// and <c>customer</c> (only events whose audience is the customer's id).
/// </summary>
public sealed class TestAuthority(TimeProvider clock) : IHubAuthority
{
    private readonly ConcurrentDictionary<string, bool> _revoked = new();

    public IReadOnlyList<string> Shops { get; set; } = ["s1", "s2"];

    /// <summary>Called with each event that this host has just allowed somebody, before the hub hears of it.</summary>
    public Action? Allowing { get; set; }

    /// <summary>Ends what this user signed in with.</summary>
    public void Revoke(string userId) => _revoked[userId] = true;

    public bool IsRevoked(HubUser user) => _revoked.ContainsKey(user.Id);

    public ValueTask<HubAuthentication> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        var parts = token.Split('/');
        if (parts is ["crash", ..]) throw new InvalidOperationException("the identity store is down");
        if (parts.Length < 2) return new(HubAuthentication.Refuse("auth.invalid"));
        var seconds = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 900;
        return new(HubAuthentication.Accept(new(parts[0], parts[1], clock.GetUtcNow().AddSeconds(seconds))));
    }

    public ValueTask<HubResolution> ResolveAsync(HubUser user, string? ns, string? channel, CancellationToken cancellationToken)
    {
        if (ns is not null)
        {
            if (!Allowed(user, ns)) return new(HubResolution.Refuse("common.not-found"));
            return new(HubResolution.To([.. Shops.Select(s => new HubChannel($"{ns}:{s}", s))]));
        }
        var parts = channel!.Split(':');
        if (parts.Length != 2 || !Shops.Contains(parts[1])) return new(HubResolution.Refuse("common.not-found"));
        if (parts[0] == "store") return new(HubResolution.To(new HubChannel(channel, parts[1], WholeStream: true)));
        return new(Allowed(user, parts[0]) ? HubResolution.To(new HubChannel(channel, parts[1])) : HubResolution.Refuse("common.not-found"));
    }

    public bool MaySee(HubUser user, HubEvent hubEvent)
    {
        if ((hubEvent.Audience as string) == "crash") throw new InvalidOperationException("the filter failed");
        if (!Allowed(user, hubEvent.Channel.AsSpan(0, hubEvent.Channel.IndexOf(':'))) || (user.Role == "customer" && (hubEvent.Audience as string) != user.Id)) return false;
        Allowing?.Invoke();
        return true;
    }

    public bool MaySee(HubUser user, HubFleeting fleeting)
    {
        if ((fleeting.Audience as string) == "crash") throw new InvalidOperationException("the filter failed");
        return Allowed(user, fleeting.Channel.AsSpan(0, fleeting.Channel.IndexOf(':'))) && (user.Role != "customer" || (fleeting.Audience as string) == user.Id);
    }

    private static bool Allowed(HubUser user, ReadOnlySpan<char> ns) => ns switch
    {
        "payments" => user.Role is "manager" or "customer",
        "orders" or "products" => true,
        "inventory" => user.Role is "manager" or "staff",
        _ => false,
    };
}
