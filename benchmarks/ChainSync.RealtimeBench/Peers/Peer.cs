using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ChainSync.RealtimeBench.Clients;

namespace ChainSync.RealtimeBench.Peers;

/// <summary>A hub in a process of its own, and the line on which it is told what to publish.</summary>
internal sealed class Peer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Key = RandomNumberGenerator.GetHexString(32);

    private readonly Process _process;
    private readonly Socket _control;
    private readonly StreamReader _answers;

    private Peer(PeerKind kind, Process process, Socket control)
    {
        (Kind, _process, _control) = (kind, process, control);
        control.NoDelay = true;
        control.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        _answers = new(new NetworkStream(control));
        Server = new(IPAddress.Loopback, int.Parse(Hear("listening"), CultureInfo.InvariantCulture));
    }

    public PeerKind Kind { get; }

    public IPEndPoint Server { get; }

    /// <summary>User and system time of the process since its start.</summary>
    public TimeSpan Cpu => Native.CpuTime(_process.Id);

    public static Peer Start(PeerKind kind)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        var start = kind.Script is null
            ? new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChainSync.RealtimePeers.dll"), kind.Name, port])
            : new ProcessStartInfo("node", ["--expose-gc", Path.Combine(Places.NodePeers, kind.Script), port]);
        start.Environment["BENCH_KEY"] = Key;
        start.Environment["NODE_ENV"] = "production";
        var process = Process.Start(start)!;
        if (!listener.Poll(Patience, SelectMode.SelectRead)) throw new TimeoutException($"{kind.Title} did not start.");
        return new(kind, process, listener.Accept());
    }

    /// <summary>Subscribers of one store's orders, not there yet.</summary>
    public Crowd Crowd(Poller poller, string storeId) => new(Kind.Title, poller, Server, Kind.Dialect, Token, storeId);

    /// <summary>Has so many events published to a crowd, one after another as fast as it can.</summary>
    public void Publish(Crowd crowd, int events)
    {
        Say($"publish {crowd.StoreId} {crowd.Published + 1} {events}");
        crowd.Expect(events);
    }

    /// <summary>Bytes of memory that are this process's own, its share of shared pages included, after it has given back what it can.</summary>
    public long SettledBytes()
    {
        Say("settle");
        Hear("settled");
        var line = File.ReadLines($"/proc/{_process.Id}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(4, line.Length - 4 - " kB".Length), CultureInfo.InvariantCulture);
    }

    /// <summary>Managed bytes allocated since the start; null for a peer that is not .NET.</summary>
    public long? Allocated()
    {
        if (Kind.Script is not null) return null;
        Say("allocated");
        return long.Parse(Hear("allocated"), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _answers.Dispose();
        _control.Dispose();
        if (!_process.WaitForExit(Patience)) _process.Kill();
        _process.Dispose();
    }

    private void Say(FormattableString line) => _control.Send(Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture) + "\n"));

    private void Say(string line) => Say((FormattableString)$"{line}");

    private string Hear(string word)
    {
        var line = _answers.ReadLine() ?? throw new EndOfStreamException($"{Kind.Title} ended.");
        return line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..].Trim() : throw new InvalidDataException($"{Kind.Title} said '{line}'.");
    }

    private static string Token(int number)
    {
        var body = $"user-{number}.{TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}";
        return $"{body}.{Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(body)))}";
    }
}
