using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace ChainSync.Realtime.Connections;

/// <summary>
/// A connection whose output is sent by whoever flushes it. The web server's own hands it through a pipe to a loop of its own, for the
/// sake of readers that are slow; but a socket takes what it is given at once unless its reader is. Only what it does not take waits
/// here, in order. Reads stay the web server's.
/// </summary>
internal sealed class DirectTransport(Socket socket, IDuplexPipe server) : PipeWriter, IDuplexPipe
{
    private const int LeastBuffer = 4 << 10;

    private readonly Lock _gate = new();
    private byte[] _buffer = [];
    private int _count;
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _waiting;
    private volatile bool _cancelsNext;
    private volatile bool _isOver;

    public PipeReader Input => server.Input;

    public PipeWriter Output => this;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _count;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)(_buffer.Length - _count), nameof(bytes));
        _count += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_count);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_count);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        Send();
        return _sending.IsCompleted && !_cancelsNext ? new(new FlushResult(isCanceled: false, _isOver)) : WaitAsync(cancellationToken);
    }

    /// <summary>Ends the wait of the flush under way, or of the next one; what is flushed is sent all the same.</summary>
    public override void CancelPendingFlush()
    {
        lock (_gate)
        {
            if (_waiting is null) _cancelsNext = true;
            else _waiting.TrySetResult();
        }
    }

    public override void Complete(Exception? exception = null)
    {
        Send();
        if (_sending.IsCompleted) server.Output.Complete(exception);
        else _sending = CompleteAfterAsync(_sending, exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Complete(exception);
        return new(_sending);
    }

    private async Task CompleteAfterAsync(Task before, Exception? exception)
    {
        await before.ConfigureAwait(false);
        await server.Output.CompleteAsync(exception).ConfigureAwait(false);
    }

    private void MakeRoom(int sizeHint)
    {
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, LeastBuffer));
        _buffer.AsSpan(0, _count).CopyTo(larger);
        GiveBack(_buffer);
        _buffer = larger;
    }

    /// <summary>Sends what was written, or has it follow what the socket has not taken yet.</summary>
    private void Send()
    {
        if (_count == 0) return;
        var (buffer, count) = (_buffer, _count);
        (_buffer, _count) = ([], 0);
        if (!_sending.IsCompleted)
        {
            _sending = SendAfterAsync(_sending, buffer, count);
            return;
        }
        var sent = SendNow(buffer, count);
        if (sent.IsCompleted) End(buffer, sent.Result);
        else _sending = EndAsync(buffer, sent);
    }

    private ValueTask<bool> SendNow(byte[] buffer, int count) => _isOver ? new(false) : SocketSend.RunAsync(socket, buffer.AsMemory(0, count));

    private async Task SendAfterAsync(Task before, byte[] buffer, int count)
    {
        await before.ConfigureAwait(false);
        await EndAsync(buffer, SendNow(buffer, count)).ConfigureAwait(false);
    }

    private async Task EndAsync(byte[] buffer, ValueTask<bool> sent) => End(buffer, await sent.ConfigureAwait(false));

    private void End(byte[] buffer, bool sent)
    {
        GiveBack(buffer);
        if (sent || _isOver) return;
        // Nobody is there any more: the server ends the connection as if its own loop had found out.
        _isOver = true;
        server.Output.Complete();
    }

    private async ValueTask<FlushResult> WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            waiting = _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_cancelsNext) waiting.SetResult();
            _cancelsNext = false;
        }
        try
        {
            await Task.WhenAny(_sending, waiting.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) _waiting = null;
        }
        return new(waiting.Task.IsCompleted, _isOver);
    }

    private static void GiveBack(byte[] buffer)
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }
}
