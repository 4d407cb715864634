using ChainSync.Realtime.Connections;

namespace ChainSync.Realtime.Fleeting;

/// <summary>What one connection publishes: its rate, and the way from a frame to an event. Used by its receive loop only.</summary>
internal sealed class Publisher(Hub hub)
{
    private const string RateLimited = "hub.rate-limited";

    private readonly FrameAllowance _allowance = new(hub.Options.MaxPublishesPerMinute, hub.Clock);

    /// <summary>Publishes, or says why not.</summary>
    /// <param name="user">Who publishes.</param>
    /// <param name="publish">What.</param>
    /// <param name="follows">Whether the connection follows something of a stream: who publishes into it is in it.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    /// <returns>The refusal's code, or null.</returns>
    public async ValueTask<string?> PublishAsync(HubUser user, HubPublish publish, Func<string, bool> follows, CancellationToken cancellationToken)
    {
        var code = await RefusalAsync(user, publish, follows, cancellationToken).ConfigureAwait(false);
        if (code is not null) hub.Metrics.Fleeting("refused", 1);
        return code;
    }

    private async ValueTask<string?> RefusalAsync(HubUser user, HubPublish publish, Func<string, bool> follows, CancellationToken cancellationToken)
    {
        if (_allowance.Take() != Allowance.Granted) return RateLimited;
        if (publish.Data.Length is 0 || publish.Data.Length > hub.Options.MaxPublishBytes) return "hub.invalid";
        if (hub.Publishing is not { } host) return "hub.not-publishable";
        var answer = await host.JudgeAsync(user, publish, cancellationToken).ConfigureAwait(false);
        if (answer.Fleeting is not { } fleeting) return answer.Code;
        if (!follows(answer.StreamId)) return "hub.not-subscribed";
        var key = new FleetingKey(user.Id, fleeting.Channel, publish.Event, answer.Key);
        return hub.Feed(answer.StreamId).Fleeting.Offer(key, fleeting) ? null : RateLimited;
    }
}
