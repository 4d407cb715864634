namespace ChainSync.Realtime.Connections;

/// <summary>The connections of each user.</summary>
internal sealed class UserIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<HubConnection>> _connections = new(StringComparer.Ordinal);

    public void Add(string userId, HubConnection connection)
    {
        lock (_gate)
        {
            if (_connections.TryGetValue(userId, out var list)) list.Add(connection);
            else _connections[userId] = new(1) { connection };
        }
    }

    public void Remove(string userId, HubConnection connection)
    {
        lock (_gate)
        {
            if (_connections.TryGetValue(userId, out var list) && list.Remove(connection) && list.Count == 0) _connections.Remove(userId);
        }
    }

    public IReadOnlyList<HubConnection> Of(string userId)
    {
        lock (_gate) return _connections.TryGetValue(userId, out var list) ? [.. list] : [];
    }
}
