using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace ChainSync.RealtimeBench.Clients;

/// <summary>
/// The subscribers of one channel of one hub. Each message is counted by its content: the positions inside must come to every
/// client one by one, so that nothing lost, doubled or out of order passes; the run ends there.
/// </summary>
internal class Crowd(string name, Poller poller, IPEndPoint server, Dialect dialect, Func<int, string> token, string storeId) : IDisposable
{
    /// <summary>Clients per source address: below what the server allows one, and far below the ports that one has.</summary>
    private const int PerAddress = 150;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private static readonly byte[] Position = "\"seq\":"u8.ToArray();

    private readonly byte[] _echo = Dialect.Framed(dialect.Echo);
    private readonly byte[] _echoed = Encoding.ASCII.GetBytes(dialect.Echoed);
    private readonly List<Client> _clients = [];
    private readonly List<double> _joinMilliseconds = [];
    private int _opened;
    private long _expected;
    private int _echoesLeft;
    private int _echoesOutstanding;

    public string Name => name;

    public string StoreId => storeId;

    public int Count => _clients.Count;

    /// <summary>Events so far, the newest position.</summary>
    public long Published { get; private set; }

    /// <summary>Messages delivered so far, over all clients.</summary>
    public long Deliveries { get; protected set; }

    /// <summary>When each event was due (a timestamp), by position; told by whoever publishes at a rate, else empty.</summary>
    public List<long> Due { get; } = [];

    /// <summary>Milliseconds from <see cref="Due"/> to each delivery.</summary>
    public List<double> Latencies { get; } = [];

    /// <summary>The position before the first of <see cref="Due"/>.</summary>
    public long DueAfter { get; set; }

    protected virtual string Channel => $"orders:{storeId}";

    /// <summary>Adds clients, so many of them on their way in at a time.</summary>
    /// <returns>Milliseconds from the first packet to being subscribed, for each.</returns>
    public IReadOnlyList<double> Join(int count, int inFlight)
    {
        _joinMilliseconds.Clear();
        var opened = 0;
        PumpUntil(() =>
        {
            for (; opened < count && opened - _joinMilliseconds.Count < inFlight; opened++) Open();
            return _joinMilliseconds.Count == count;
        });
        return _joinMilliseconds.ToArray();
    }

    /// <summary>Notes that the hub has been told to publish this many more.</summary>
    public void Expect(int events)
    {
        Published += events;
        _expected += (long)events * _clients.Count;
    }

    /// <summary>Reads until every client has everything.</summary>
    public void AwaitAll() => PumpUntil(() => Deliveries >= _expected);

    /// <summary>Keeps some clients' echoes in flight until so many were answered.</summary>
    public void Echo(int clients, int outstanding, int total)
    {
        _echoesLeft = total;
        foreach (var client in _clients.Take(clients)) SendEchoes(client, outstanding);
        PumpUntil(() => _echoesOutstanding == 0);
    }

    /// <summary>All clients go, and the server is seen to let them.</summary>
    public void Leave()
    {
        foreach (var client in _clients) client.Leave();
        var end = Stopwatch.GetTimestamp();
        while (_clients.Exists(c => !c.Left) && Stopwatch.GetElapsedTime(end) < Farewell) poller.Pump(TimeSpan.FromMilliseconds(10));
        Dispose();
    }

    /// <summary>A message to a client that is subscribed.</summary>
    public virtual void Take(Client client, ReadOnlySpan<byte> message, long now)
    {
        var rest = message;
        for (int at; (at = rest.IndexOf(Position)) >= 0;)
        {
            rest = rest[(at + Position.Length)..];
            if (!Utf8Parser.TryParse(rest, out long seq, out _) || seq != client.Next)
                throw new InvalidDataException($"{name} sent position {seq} where {client.Next} was due.");
            client.Next++;
            Deliveries++;
            if (Due.Count > 0) Latencies.Add(Stopwatch.GetElapsedTime(Due[(int)(seq - DueAfter - 1)], now).TotalMilliseconds);
        }
        if (rest.Length < message.Length) return;
        if (message.SequenceEqual(Dialect.Beat)) client.Send(Dialect.BeatAnswer);
        else if (client.Outstanding > 0) TakeEchoes(client, message);
    }

    /// <summary>As many new echoes as were answered in one read, in one write: whether answers come alone or together is the hub's doing.</summary>
    public void SendMore(Client client)
    {
        var count = client.Answered;
        client.Answered = 0;
        SendEchoes(client, count);
    }

    public void Joined(Client client, TimeSpan elapsed)
    {
        client.Next = Published + 1;
        _clients.Add(client);
        _joinMilliseconds.Add(elapsed.TotalMilliseconds);
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
        _clients.Clear();
        GC.SuppressFinalize(this);
    }

    protected void PumpUntil(Func<bool> done)
    {
        var start = Stopwatch.GetTimestamp();
        while (!done())
        {
            poller.Pump(TimeSpan.FromMilliseconds(100));
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"{name}: {Deliveries} of {_expected} deliveries after {Patience.TotalSeconds} s.");
        }
    }

    private void Open()
    {
        var index = _opened++;
        var address = new IPAddress([127, 0, (byte)(1 + index / PerAddress / 250), (byte)(1 + index / PerAddress % 250)]);
        _ = new Client(this, poller, address, server, dialect, token(index), Channel);
    }

    private void TakeEchoes(Client client, ReadOnlySpan<byte> message)
    {
        var answered = message.Count(_echoed);
        client.Outstanding -= answered;
        _echoesOutstanding -= answered;
        if (client.Outstanding < 0) throw new InvalidDataException($"{name} answered more than it was asked.");
        client.Answered += answered;
    }

    private void SendEchoes(Client client, int count)
    {
        count = Math.Min(count, _echoesLeft);
        if (count == 0) return;
        _echoesLeft -= count;
        _echoesOutstanding += count;
        client.Outstanding += count;
        Span<byte> bytes = stackalloc byte[_echo.Length * count];
        for (var i = 0; i < count; i++) _echo.CopyTo(bytes[(i * _echo.Length)..]);
        client.Send(bytes);
    }
}
