using System.Buffers;

namespace ChainSync.Realtime.Connections;

/// <summary>
/// Some of the connections an event goes to, written one after another on one thread. A write is over in a microsecond unless its
/// reader is slow, and then its rest waits on its own; handing each to the thread pool would cost as much as the write.
/// </summary>
internal sealed class WriteTurn : IThreadPoolWorkItem
{
    private const int MaxConnections = 64;

    private readonly HubConnection[] _connections = ArrayPool<HubConnection>.Shared.Rent(MaxConnections);
    private readonly int _count;

    private WriteTurn(ReadOnlySpan<HubConnection> connections)
    {
        connections.CopyTo(_connections);
        _count = connections.Length;
    }

    /// <summary>Has what is staged for these connections written.</summary>
    public static void Queue(ReadOnlySpan<HubConnection> connections)
    {
        for (; !connections.IsEmpty; connections = connections[Math.Min(MaxConnections, connections.Length)..])
            ThreadPool.UnsafeQueueUserWorkItem(new WriteTurn(connections[..Math.Min(MaxConnections, connections.Length)]), preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        foreach (var connection in _connections.AsSpan(0, _count)) connection.FlushHere();
        ArrayPool<HubConnection>.Shared.Return(_connections, clearArray: true);
    }
}
