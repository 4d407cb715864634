using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Threading.Channels;
using ChainSync.Realtime.Client.Channels;
using ChainSync.Realtime.Client.Wire;

namespace ChainSync.Realtime.Client.Connections;

/// <summary>
/// What is to be sent. All but published frames is computed when there is room to send it, from what is wanted by then, so a burst
/// of changes becomes one frame and nothing but the published frames can queue; those wait for room.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore nobody asked for a handle holds nothing.")]
internal sealed class Outbox(FeedTable table, TimeProvider clock)
{
    private const int PublishedFrames = 16;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<byte[]> _published = Channel.CreateBounded<byte[]>(PublishedFrames);
    private readonly SemaphoreSlim _socketFree = new(1);
    private readonly Pace _pace = new(clock);
    private volatile bool _isPaused;
    private string? _token;
    private volatile bool _pingDue;
    private volatile bool _closing;

    public void Wake() => _wake.Writer.TryWrite(true);

    public void Authenticate(string token)
    {
        Volatile.Write(ref _token, token);
        Wake();
    }

    public void Ping()
    {
        _pingDue = true;
        Wake();
    }

    public void Close()
    {
        _closing = true;
        Wake();
    }

    public async ValueTask<bool> PublishAsync(byte[] frame, CancellationToken cancellationToken)
    {
        try
        {
            await _published.Writer.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
            Wake();
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    public void Complete()
    {
        _published.Writer.TryComplete();
        _wake.Writer.TryComplete();
    }

    /// <summary>Sends until the line ends or goodbye has been said.</summary>
    public async Task SendAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        while (await _wake.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _wake.Reader.TryRead(out _);
            while (!_closing && TryTake(buffer, cancellationToken))
            {
                await SendAsync(socket, buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
                buffer.ResetWrittenCount();
            }
            if (!_closing) continue;
            await AnswerCloseAsync(socket, cancellationToken).ConfigureAwait(false);
            // The reading loop waits for the hub's answer, and ends the line.
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends our close frame, once.</summary>
    public async Task AnswerCloseAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await _socketFree.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _socketFree.Release();
        }
    }

    private async Task SendAsync(WebSocket socket, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await _socketFree.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _socketFree.Release();
        }
    }

    private bool TryTake(ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _token, null) is { } token)
        {
            ClientFrames.Auth(buffer, token);
            return true;
        }
        if (TryTakeSubscriptions(buffer, cancellationToken)) return true;
        if (_pingDue)
        {
            _pingDue = false;
            ClientFrames.Ping(buffer);
            return true;
        }
        if (!_published.Reader.TryRead(out var frame)) return false;
        buffer.Write(frame);
        return true;
    }

    private bool TryTakeSubscriptions(ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        if (_isPaused) return false;
        if (_pace.Wait is var wait && wait > TimeSpan.Zero)
        {
            _isPaused = true;
            _ = GoOnAfterAsync(wait, cancellationToken);
            return false;
        }
        if (!table.TryTakeFrame(buffer, out var mustPing)) return false;
        _pace.Count();
        if (mustPing) _pingDue = true;
        return true;
    }

    private async Task GoOnAfterAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isPaused = false;
        Wake();
    }
}
