namespace ChainSync.Realtime.Fleeting;

/// <summary>What a window is kept for: one thing that one person says on one channel, from however many tabs.</summary>
internal readonly record struct FleetingKey(string UserId, string Channel, string Event, string? Subject);
