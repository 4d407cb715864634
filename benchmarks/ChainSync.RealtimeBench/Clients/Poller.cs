namespace ChainSync.RealtimeBench.Clients;

/// <summary>Reads thousands of sockets on the caller's thread, so that the generator costs little beside what it measures.</summary>
internal sealed class Poller : IDisposable
{
    private const int BufferBytes = 1 << 20;
    private const int EventsAtOnce = 512;

    private readonly int _epoll = Native.CreateEpoll();
    private readonly int[] _events = new int[EventsAtOnce * Native.EventStride];
    private readonly List<Client?> _clients = [];
    private readonly Stack<int> _free = [];
    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Watches a client's socket from now on.</summary>
    public int Add(Client client)
    {
        if (!_free.TryPop(out var tag))
        {
            tag = _clients.Count;
            _clients.Add(null);
        }
        _clients[tag] = client;
        Native.Watch(_epoll, client.Descriptor, tag);
        return tag;
    }

    /// <summary>Forgets a client whose socket is closed.</summary>
    public void Remove(int tag)
    {
        _clients[tag] = null;
        _free.Push(tag);
    }

    /// <summary>Waits at most so long for something to arrive, and reads all that has.</summary>
    public void Pump(TimeSpan timeout)
    {
        var count = Native.Wait(_epoll, _events, timeout);
        for (var i = 0; i < count; i++)
        {
            // A client that ended while an earlier event of this turn was handled is no longer there.
            _clients[_events[(i + 1) * Native.EventStride - 2]]?.Read(_buffer);
        }
    }

    public void Dispose() => Native.Close(_epoll);
}
