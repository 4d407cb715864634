namespace ChainSync.Realtime;

/// <summary>A part of a stream's history.</summary>
/// <param name="Events">The events after the asked position, in order of <c>(Seq, Part)</c>, complete for every position up to <paramref name="Seq"/>.</param>
/// <param name="Seq">The last log position the page covers, also when its last positions hold no event.</param>
public sealed record HubPage(IReadOnlyList<HubEvent> Events, long Seq)
{
    /// <summary>The history no longer reaches back that far, or belongs to another epoch: the client must load anew.</summary>
    public static HubPage? Gone => null;
}
