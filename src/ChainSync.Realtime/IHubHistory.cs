namespace ChainSync.Realtime;

/// <summary>The durable log behind the streams, read when a client is further behind than the hub's memory.</summary>
public interface IHubHistory
{
    /// <summary>The stream's present position: everything committed before the call is included.</summary>
    ValueTask<HubPosition> PositionAsync(string streamId, CancellationToken cancellationToken);

    /// <summary>
    /// Reads on from a position: at most <paramref name="limit"/> log positions after <paramref name="after"/>, whole ones only, with
    /// the events of every channel: one page serves all who follow any of them.
    /// Null (<see cref="HubPage.Gone"/>) when the position is too old or of another epoch. A page that ends where it began means
    /// there is nothing more.
    /// </summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="after">The position to read on from.</param>
    /// <param name="limit">Log positions to cover at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    ValueTask<HubPage?> ReadAsync(string streamId, HubPosition after, int limit, CancellationToken cancellationToken);
}
