namespace ChainSync.Core.Events;

/// <summary>Somebody has read a room up to a message.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">Who.</param>
/// <param name="RoomSeq">The number of the last message they have read.</param>
public sealed record ChatRead(Guid RoomId, Guid UserId, long RoomSeq);
