namespace ChainSync.Realtime;

/// <summary>Who is present in a stream, as followers have last been told.</summary>
/// <param name="Online">How many people.</param>
/// <param name="Listed">Those who came last, newest first; at most <see cref="HubOptions.PresenceListed"/>.</param>
public sealed record HubPresent(int Online, IReadOnlyList<HubUser> Listed);
