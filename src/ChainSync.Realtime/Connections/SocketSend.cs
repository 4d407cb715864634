using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ChainSync.Realtime.Connections;

/// <summary>
/// One send on a socket. One is kept per thread, as nearly every send is over when it has begun. (The plain <c>Send</c> of a socket that
/// does not block would do for those, but when it takes a part it does not say how much.)
/// </summary>
internal sealed class SocketSend() : SocketAsyncEventArgs(true)
{
    private static readonly TaskCompletionSource Over = new();

    [ThreadStatic]
    private static SocketSend? _kept;

    /// <summary>Whoever waits for the end, or <see cref="Over"/> if that came first.</summary>
    private TaskCompletionSource? _end;

    /// <summary>Sends all of these bytes, which stay the sender's until then.</summary>
    /// <returns>Whether they were sent; when not, the connection is over.</returns>
    public static ValueTask<bool> RunAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        var send = _kept ?? new();
        _kept = null;
        try
        {
            send.SetBuffer(MemoryMarshal.AsMemory(bytes));
            return socket.SendAsync(send) ? send.WaitAsync() : new(send.PutBack());
        }
        catch (ObjectDisposedException)
        {
            send.PutBack();
            return new(false);
        }
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => Interlocked.Exchange(ref _end, Over)?.TrySetResult();

    private async ValueTask<bool> WaitAsync()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _end, end, null) is null) await end.Task.ConfigureAwait(false);
        _end = null;
        return PutBack();
    }

    private bool PutBack()
    {
        var sent = SocketError == SocketError.Success;
        SetBuffer(null);
        if (_kept is null) _kept = this;
        else Dispose();
        return sent;
    }
}
