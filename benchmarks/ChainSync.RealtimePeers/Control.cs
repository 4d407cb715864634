using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChainSync.RealtimePeers;

/// <summary>The bench's line to a peer: one command a line. The peer ends when the line does.</summary>
internal sealed class Control : IAsyncDisposable
{
    private readonly NetworkStream _stream;

    private Control(NetworkStream stream) => _stream = stream;

    public static async Task<Control> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        return new(new NetworkStream(socket, ownsSocket: true));
    }

    public async Task RunAsync(IPeer peer, int port)
    {
        await AnswerAsync($"listening {port}");
        using var commands = new StreamReader(_stream, Encoding.ASCII);
        while (await commands.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["publish", var storeId, var first, var count]:
                    await peer.PublishAsync(storeId, long.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
                    break;
                case ["settle"]:
                    Settle();
                    await AnswerAsync("settled");
                    break;
                case ["allocated"]:
                    await AnswerAsync($"allocated {GC.GetTotalAllocatedBytes(precise: true)}");
                    break;
                default:
                    throw new InvalidDataException($"Unknown command '{line}'.");
            }
        }
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private ValueTask AnswerAsync(FormattableString line) => _stream.WriteAsync(Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture) + "\n"));

    private ValueTask AnswerAsync(string line) => AnswerAsync((FormattableString)$"{line}");

    /// <summary>Gives back what is not in use, so that what remains is what connections cost.</summary>
    private static void Settle()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
