namespace ChainSync.Core.Events;

/// <summary>Somebody wrote in a room.</summary>
/// <param name="Id">The message's id, made by the sender.</param>
/// <param name="RoomId">The room.</param>
/// <param name="RoomSeq">Its number in the room: 1, 2, 3 …</param>
/// <param name="UserId">Who wrote.</param>
/// <param name="Text">What.</param>
/// <param name="SentAt">When the server took it, UTC.</param>
/// <param name="Name">What to call the writer.</param>
public sealed record ChatMessage(Guid Id, Guid RoomId, long RoomSeq, Guid UserId, string Text, DateTimeOffset SentAt, string? Name = null);
