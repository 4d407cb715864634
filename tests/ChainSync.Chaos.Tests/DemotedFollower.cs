using System.Net.WebSockets;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;

namespace ChainSync.Chaos.Tests;

/// <summary>One who has less of a role on the way: with the token that says so, on a line that is open or the next one.</summary>
internal sealed class DemotedFollower(
    Chain chain, Uri proxy, Person person, string name, string channel, long start, string epoch, int seed, Role role, bool loses)
    : RawFollower(chain, proxy, person, name, channel, start, epoch, seed)
{
    private readonly Person _later = person with { Role = role };
    private volatile bool _isDemoted;
    private int _heardBefore;
    private int? _heardUntil;

    public async Task DemoteAsync()
    {
        // By former rights at least; others cannot have counted yet.
        _heardBefore = Count;
        _isDemoted = true;
        await TellAsync();
    }

    public override bool IsBehind(IReadOnlyDictionary<string, long> heads) => loses ? !IsOver : _heardUntil is null || base.IsBehind(heads);

    public override IEnumerable<string> Judge(Truth truth)
    {
        var (former, present) = (truth.For(Person, Channel, Starts[Channel]), truth.For(_later, Channel, Starts[Channel]));
        if (_heardUntil is not { } until) return ["the hub never took the new token"];
        if (loses && !IsOver) return ["was never told that the channel is lost"];
        return loses ? LostWrongs(former, until) : Judgement.OfTwoRights(Events[Channel], former, present, _heardBefore, until);
    }

    protected override string Token() => Chain.Token(_isDemoted ? _later : Person, TimeSpan.FromMinutes(5));

    protected override void LetIn(string role)
    {
        if (role == RoleNames.Of(_later.Role)) _heardUntil ??= Count;
        else if (_heardUntil is not null) Wrongs.Enqueue($"is {role} again");
        // Demoted just as this line began with the former token, when it was not there yet to be told.
        else if (_isDemoted) _ = TellAsync();
    }

    protected override bool IsDue(string type, string? code)
    {
        if (!loses || _heardUntil is null || (type, code) is not ("error" or "unsubscribed", "common.not-found")) return false;
        return IsOver = true;
    }

    private async Task TellAsync()
    {
        try
        {
            await AuthenticateAsync();
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The line broke first: the next one begins with the new token.
        }
    }

    private IEnumerable<string> LostWrongs(List<Received> former, int until)
    {
        foreach (var wrong in Judgement.OfBeginning(Events[Channel], former)) yield return wrong;
        if (Count > until) yield return $"{Count - until} events came after the right to them was gone";
    }
}
