using ChainSync.Realtime.Channels;
using ChainSync.Realtime.Fleeting;
using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime.Connections;

/// <summary>The conversation with one client: who it is and what it follows. Its frames are handled one after another.</summary>
internal sealed class ClientSession(Hub hub, HubConnection connection)
{
    private readonly FrameAllowance _allowance = new(hub.Options.MaxFramesPerMinute, hub.Clock);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private Publisher? _publisher;

    public IReadOnlyList<Subscription> Subscriptions
    {
        get { lock (_gate) return [.. _subscriptions.Values]; }
    }

    /// <summary>The subscription to this channel, or null.</summary>
    public Subscription? Following(string channel)
    {
        lock (_gate) return _subscriptions.GetValueOrDefault(channel);
    }

    /// <summary>How far each live channel is; those still catching up are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Positions() =>
        [.. Subscriptions
            .Select(s => (s.Channel.Name, Seq: s.Feed.Position(s)))
            .Where(p => p.Seq is not null)
            .Select(p => KeyValuePair.Create(p.Name, p.Seq.GetValueOrDefault()))];

    public async ValueTask HandleAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        hub.Metrics.Received();
        switch (_allowance.Take())
        {
            case Allowance.Refused:
                Error("hub.rate-limited", "Too many frames; this one was ignored.");
                return;
            case Allowance.Exhausted:
                connection.Close(HubCloseCode.TooManyFrames, "too many frames");
                return;
        }
        if (!ClientFrame.TryParse(json.Span, hub.Options.MaxSubscriptions, out var frame)) Error("hub.malformed", "The frame is not a JSON object with a type.");
        else await HandleAsync(frame, json[frame.Payload], cancellationToken).ConfigureAwait(false);
    }

    public void SignIn(HubUser user)
    {
        if (connection.User is null) hub.Users.Add(user.Id, connection);
        connection.User = user;
        // What is being queued by former rights comes before the answer, so that nothing after it does.
        foreach (var subscription in Subscriptions) subscription.Feed.Pass();
        connection.Offer(ServerFrames.Authenticated(user, hub.Clock.GetUtcNow()));
    }

    public void EndAll()
    {
        foreach (var subscription in Subscriptions) End(subscription);
    }

    private async ValueTask HandleAsync(ClientFrame frame, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        switch (frame.Type)
        {
            case "ping":
                connection.Offer(ServerFrames.Positions("pong", Positions()));
                break;
            case "auth":
                await AuthenticateAsync(frame.Token, cancellationToken).ConfigureAwait(false);
                break;
            case "subscribe" or "unsubscribe" or "publish" when connection.User is null:
                Error("auth.missing", "Authenticate first.");
                break;
            case "subscribe":
                await SubscribeAsync(frame, cancellationToken).ConfigureAwait(false);
                break;
            case "unsubscribe":
                Unsubscribe(frame);
                break;
            case "publish":
                await PublishAsync(frame, payload, cancellationToken).ConfigureAwait(false);
                break;
            default:
                Error("hub.unknown-type", "The hub does not know this type of frame.");
                break;
        }
    }

    private async ValueTask AuthenticateAsync(string? token, CancellationToken cancellationToken)
    {
        var answer = string.IsNullOrEmpty(token)
            ? HubAuthentication.Refuse("auth.missing")
            : await hub.AuthenticateAsync(token, cancellationToken).ConfigureAwait(false);
        if (answer.User is not { } user)
        {
            Error(answer.Code, "The token was refused.");
            connection.Close(answer.Expired ? HubCloseCode.TokenExpired : HubCloseCode.BadToken, answer.Code);
        }
        else if (connection.User is { } present && present.Id != user.Id) connection.Close(HubCloseCode.OtherUser, "the token is another user's");
        else
        {
            var refreshed = connection.User is not null;
            SignIn(user);
            if (refreshed) await DropForbiddenAsync(user, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A refreshed token may allow less than the one before.</summary>
    private async ValueTask DropForbiddenAsync(HubUser user, CancellationToken cancellationToken)
    {
        foreach (var subscription in Subscriptions)
        {
            var name = subscription.Channel.Name;
            var answer = await hub.Authority.ResolveAsync(user, null, name, cancellationToken).ConfigureAwait(false);
            if (answer.Code is not { } code)
            {
                hub.Presence?.Enter(subscription, user);
                continue;
            }
            End(subscription);
            connection.Offer(ServerFrames.Unsubscribed(name, code));
        }
    }

    private async ValueTask SubscribeAsync(ClientFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Channels is null) await SubscribeAsync(frame.Namespace, frame.Target, cancellationToken).ConfigureAwait(false);
        else if (IsBatch(frame)) foreach (var request in frame.Channels) await SubscribeAsync(null, request, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SubscribeAsync(string? ns, ChannelRequest request, CancellationToken cancellationToken)
    {
        var oneTarget = ns is null != request.Channel is null;
        var wholePosition = request.Since is null == request.Epoch is null;
        if (!oneTarget || !wholePosition || (request.Since is not null && request.Channel is null) || request.Mode is not (null or "all" or "latest"))
        {
            Error("hub.invalid", "subscribe takes a namespace, or a channel with since and epoch or neither; mode is all or latest.", request.Channel);
            return;
        }
        var answer = await hub.Authority.ResolveAsync(connection.User!, ns, request.Channel, cancellationToken).ConfigureAwait(false);
        if (answer.Code is { } code) Error(code, "There is no such channel for you.", request.Channel ?? ns);
        foreach (var channel in answer.Channels) Follow(channel, request);
    }

    /// <summary>A batch is bounded by what a connection may hold; of one beyond that no part is taken.</summary>
    private bool IsBatch(in ClientFrame frame)
    {
        if (frame.TooManyChannels) Error("hub.too-many-subscriptions", "The frame names more channels than a connection may hold.");
        else if (frame is not { Namespace: null, Channels.Count: > 0 } || frame.Target != default) Error("hub.invalid", "channels takes at least one, and stands alone.");
        else return true;
        return false;
    }

    private void Follow(HubChannel channel, ChannelRequest request)
    {
        Subscription subscription;
        lock (_gate)
        {
            if (_subscriptions.Remove(channel.Name, out var former)) EndFeed(former);
            if (_subscriptions.Count >= hub.Options.MaxSubscriptions)
            {
                Error("hub.too-many-subscriptions", "This connection holds as many channels as it may.", channel.Name);
                return;
            }
            // Otherwise one event would be due twice, and neither cursor could say which had been seen.
            if (_subscriptions.Values.Any(s => s.Channel.StreamId == channel.StreamId && s.Channel.WholeStream != channel.WholeStream))
            {
                Error("hub.overlap", "Follow a stream as a whole or by its channels, not both on one connection.", channel.Name);
                return;
            }
            subscription = new(connection, hub.Feed(channel.StreamId), channel) { Cursor = request.Since ?? 0, Latest = request.Mode == "latest" };
            _subscriptions.Add(channel.Name, subscription);
        }
        hub.Presence?.Enter(subscription, connection.User!);
        if (!connection.RoomAsync(CancellationToken.None).IsCompleted || subscription.Feed.TryAttach(subscription, request.Epoch, aheadIsRight: false) != Attach.Done)
            connection.CatchUp(subscription, request.Epoch);
    }

    private void Unsubscribe(in ClientFrame frame)
    {
        if (frame.Channels is null) Unsubscribe(frame.Namespace, frame.Target.Channel);
        else if (IsBatch(frame)) foreach (var request in frame.Channels) Unsubscribe(null, request.Channel);
    }

    private void Unsubscribe(string? ns, string? channel)
    {
        var ended = Followed(ns, channel);
        if (ended.Count == 0) Error("hub.not-subscribed", "This connection does not follow that.", channel ?? ns);
        foreach (var subscription in ended)
        {
            End(subscription);
            connection.Offer(ServerFrames.Unsubscribed(subscription.Channel.Name));
        }
    }

    private List<Subscription> Followed(string? ns, string? channel)
    {
        var prefix = ns + ":";
        lock (_gate)
        {
            if (ns is not null) return [.. _subscriptions.Values.Where(s => s.Channel.Name.StartsWith(prefix, StringComparison.Ordinal))];
            return channel is not null && _subscriptions.TryGetValue(channel, out var subscription) ? [subscription] : [];
        }
    }

    private void End(Subscription subscription)
    {
        lock (_gate) _subscriptions.Remove(subscription.Channel.Name);
        EndFeed(subscription);
    }

    private void EndFeed(Subscription subscription)
    {
        subscription.Feed.End(subscription);
        hub.Presence?.Leave(subscription);
    }

    private async ValueTask PublishAsync(ClientFrame frame, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (frame.Target.Channel is null || frame.Event is null)
        {
            Error("hub.invalid", "publish takes a channel, an event and its data.", frame.Target.Channel, frame.Event ?? "");
            return;
        }
        _publisher ??= new(hub);
        var publish = new HubPublish(frame.Target.Channel, frame.Event, payload);
        var code = await _publisher.PublishAsync(connection.User!, publish, FollowsStream, cancellationToken).ConfigureAwait(false);
        if (code is not null) Error(code, "The event was not published.", frame.Target.Channel, frame.Event);
    }

    private bool FollowsStream(string streamId) => Subscriptions.Any(s => s.Channel.StreamId == streamId);

    private void Error(string code, string message, string? channel = null, string? published = null) =>
        connection.Offer(ServerFrames.Error(code, message, channel, published));
}
