namespace ChainSync.Core.Events;

/// <summary>Somebody is writing in a room; ends by itself after the frame's <c>expiresInMs</c>.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="UserId">Who.</param>
/// <param name="Name">What to call them.</param>
public sealed record ChatTyping(Guid RoomId, Guid UserId, string? Name = null);
