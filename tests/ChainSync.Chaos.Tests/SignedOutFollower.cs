using ChainSync.Server.Features.Identity;

namespace ChainSync.Chaos.Tests;

/// <summary>One whose session is ended on the way, while their access token would be good for minutes more.</summary>
internal sealed class SignedOutFollower(
    Chain chain, Uri proxy, Person person, string name, string channel, long start, string epoch, int seed, (Guid Id, string RefreshToken) session)
    : RawFollower(chain, proxy, person, name, channel, start, epoch, seed)
{
    private const int Revoked = 4503;
    private const int BadToken = 4500;

    /// <summary>As docs/protocol.md has it: half a second, and on a node that did not end it the time between two looks; and what a slow machine may add.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(0.5) + Chain.RevocationPollInterval + TimeSpan.FromSeconds(8);

    private DateTimeOffset _newest;
    private DateTimeOffset _lastLetIn;
    private DateTimeOffset? _ended;
    private volatile bool _isEnding;

    /// <summary>Signs out; done when a server has said that it is.</summary>
    public async Task SignOutAsync()
    {
        _isEnding = true;
        await Chain.SignOutAsync(session.RefreshToken);
        _ended = TimeProvider.System.GetUtcNow();
    }

    public override bool IsBehind(IReadOnlyDictionary<string, long> heads) => !IsOver;

    public override IEnumerable<string> Judge(Truth truth)
    {
        foreach (var wrong in Judgement.OfBeginning(Events[Channel], truth.For(Person, Channel, Starts[Channel]))) yield return wrong;
        if (!IsOver) yield return "was never told that the session has ended";
        if (_ended is not { } ended) yield return "was never signed out";
        else if (_newest > ended + Allowed) yield return $"signed out at {ended:O}, was sent what happened at {_newest:O}";
        else if (_lastLetIn > ended + Allowed) yield return $"signed out at {ended:O}, was let in on a connection of {_lastLetIn:O}";
    }

    protected override string Token() => Chain.Token(Person, TimeSpan.FromMinutes(5), session.Id);

    protected override void LetIn(string role) => _lastLetIn = Connected;

    protected override void TakeAt(DateTimeOffset at) => _newest = at > _newest ? at : _newest;

    protected override bool IsDue(string type, string? code) => _isEnding && (type, code) == ("error", "auth.invalid");

    // Whoever was cut off before is told on coming back, when the token is no good any more.
    protected override bool IsDue(int closeCode) => _isEnding && closeCode is Revoked or BadToken;
}
