using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChainSync.Chaos.Tests;

/// <summary>
/// A TCP proxy in front of the servers that is as bad as a network can be: it cuts lines after a random number of bytes (in the
/// middle of a handshake, of a frame, of an answer), and lets some go silent for a while without closing them.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int?> _pickPort;
    private readonly Random _random;
    private readonly ConcurrentDictionary<Line, bool> _lines = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile bool _calm;
    private int _cuts;

    /// <param name="pickPort">The port of a server that may be up; null when none is.</param>
    /// <param name="random">Decides each line's fate.</param>
    public CuttingProxy(Func<int?> pickPort, Random random)
    {
        (_pickPort, _random) = (pickPort, random);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Lines that were cut on purpose.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>From now on it is an honest proxy.</summary>
    public void Calm()
    {
        _calm = true;
        foreach (var line in _lines.Keys.Where(l => l.Fate.IsCruel)) line.Cut();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (var line in _lines.Keys) line.Cut();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _ = CarryAsync(new Line(client, _calm ? Fate.Kind : Fate.Draw(_random)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Line line)
    {
        _lines[line] = true;
        try
        {
            if (_pickPort() is not { } port) return;
            await line.Server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            var (up, down) = (line.PumpAsync(line.Client, line.Server, line.Fate.UpBytes, _stop.Token), line.PumpAsync(line.Server, line.Client, line.Fate.DownBytes, _stop.Token));
            if (await await Task.WhenAny(up, down)) Interlocked.Increment(ref _cuts);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone.
        }
        finally
        {
            line.Cut();
            _lines.TryRemove(line, out _);
        }
    }

    /// <summary>What will become of a line.</summary>
    /// <param name="UpBytes">Bytes of the client's that still get through.</param>
    /// <param name="DownBytes">Bytes of the server's that still get through.</param>
    /// <param name="Silence">How long it then is silent before it is cut.</param>
    private sealed record Fate(long UpBytes, long DownBytes, TimeSpan Silence)
    {
        public static Fate Kind { get; } = new(long.MaxValue, long.MaxValue, TimeSpan.Zero);

        public bool IsCruel => this != Kind;

        public static Fate Draw(Random random)
        {
            lock (random)
            {
                var silence = random.Next(5) == 0 ? TimeSpan.FromMilliseconds(random.Next(8_000)) : TimeSpan.Zero;
                return random.Next(10) switch
                {
                    0 => new(random.Next(1, 400), long.MaxValue, silence), // the handshake, the token, the subscribe frame
                    1 => new(long.MaxValue, random.Next(1, 500), silence), // the handshake's answer, the first frames
                    <= 5 => new(long.MaxValue, random.Next(500, 8_000), silence),
                    <= 8 => new(long.MaxValue, random.Next(8_000, 100_000), silence),
                    _ => Kind,
                };
            }
        }
    }

    private sealed class Line(Socket client, Fate fate)
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = new(SocketType.Stream, ProtocolType.Tcp);

        public Fate Fate { get; } = fate;

        /// <summary>Carries bytes one way. True when its allowance ended it.</summary>
        public async Task<bool> PumpAsync(Socket from, Socket to, long allowed, CancellationToken cancellationToken)
        {
            var buffer = new byte[16 << 10];
            while (allowed > 0)
            {
                var read = await from.ReceiveAsync(buffer, cancellationToken);
                if (read == 0) return false;
                var carried = (int)Math.Min(read, allowed);
                await to.SendAsync(buffer.AsMemory(0, carried), cancellationToken);
                allowed -= carried;
            }
            await Task.Delay(Fate.Silence, cancellationToken);
            return true;
        }

        /// <summary>A reset, as a lost route gives: what was under way is lost with it.</summary>
        public void Cut()
        {
            foreach (var socket in new[] { Client, Server })
            {
                if (socket.Connected) socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }
        }
    }
}
