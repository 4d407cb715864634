namespace ChainSync.Realtime.Channels;

/// <summary>Brings a subscription from its cursor to the live feed: the ring if that reaches back far enough, else page by page from the history.</summary>
internal static class CatchUp
{
    /// <summary>Runs until the subscription is live or has ended. Waits for the client between pages, so a replay fits the send budget.</summary>
    /// <param name="hub">The hub.</param>
    /// <param name="subscription">The subscription, not live.</param>
    /// <param name="epoch">The epoch of its cursor, or null to join at the head.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public static async Task RunAsync(Hub hub, Subscription subscription, string? epoch, CancellationToken cancellationToken)
    {
        var feed = subscription.Feed;
        var verified = false;
        while (true)
        {
            await subscription.Connection.RoomAsync(cancellationToken).ConfigureAwait(false);
            switch (feed.TryAttach(subscription, epoch, verified))
            {
                case Attach.Done:
                    return;
                case Attach.Unknown:
                    feed.Learn(await feed.LogPositionAsync(cancellationToken).ConfigureAwait(false));
                    break;
                case Attach.Ahead:
                    var position = await feed.LogPositionAsync(cancellationToken).ConfigureAwait(false);
                    verified = position.Epoch == epoch && position.Seq >= subscription.Cursor;
                    if (!verified) feed.AttachWithResync(subscription);
                    break;
                case Attach.Behind:
                    verified = subscription.Latest
                        ? await ReadLatestAsync(hub, subscription, epoch!, cancellationToken).ConfigureAwait(false)
                        : await ReadPageAsync(hub, subscription, epoch!, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static async Task<bool> ReadPageAsync(Hub hub, Subscription subscription, string epoch, CancellationToken cancellationToken)
    {
        var feed = subscription.Feed;
        var after = new HubPosition(subscription.Cursor, epoch);
        var page = await hub.History.ReadAsync(feed.StreamId, after, cancellationToken).ConfigureAwait(false);
        if (page is null || page.Seq <= after.Seq)
        {
            feed.AttachWithResync(subscription);
            return false;
        }
        return await ReplayAsync(subscription, page.Events, new(page.Seq, epoch), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads on to the ring, or until what is newest per key fills half of the send budget, and sends that.</summary>
    private static async Task<bool> ReadLatestAsync(Hub hub, Subscription subscription, string epoch, CancellationToken cancellationToken)
    {
        var feed = subscription.Feed;
        var replay = new Conflation();
        var reached = subscription.Cursor;
        do
        {
            var page = await hub.History.ReadAsync(feed.StreamId, new(reached, epoch), cancellationToken).ConfigureAwait(false);
            if (page is null || page.Seq <= reached)
            {
                feed.AttachWithResync(subscription);
                return false;
            }
            foreach (var hubEvent in page.Events)
            {
                if (hubEvent.Seq > reached && subscription.Covers(hubEvent)) replay.Add(hubEvent);
            }
            reached = page.Seq;
        }
        while (replay.Bytes <= hub.Options.SendBudgetBytes / 2 && !feed.TryCollect(subscription, new(reached, epoch), replay, out reached));
        return await ReplayAsync(subscription, replay, new(reached, epoch), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> ReplayAsync(Subscription subscription, IEnumerable<HubEvent> events, HubPosition reached, CancellationToken cancellationToken)
    {
        foreach (var hubEvent in events)
        {
            await subscription.Connection.RoomAsync(cancellationToken).ConfigureAwait(false);
            if (!subscription.Feed.Replay(subscription, hubEvent, reached.Epoch)) return false;
        }
        subscription.Feed.Advance(subscription, reached);
        return true;
    }
}
