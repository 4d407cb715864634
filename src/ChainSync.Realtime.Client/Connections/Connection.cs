using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using ChainSync.Realtime.Client.Channels;

namespace ChainSync.Realtime.Client.Connections;

/// <summary>
/// One socket from its opening to its end: a loop that reads and delivers, a loop that sends, a loop that renews the token. The
/// first of them to end ends the others.
/// </summary>
internal sealed class Connection : IDisposable
{
    /// <summary>The token is renewed with this much left: within the hub's grace, whatever the way takes.</summary>
    private static readonly TimeSpan RenewLeft = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RenewPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AssumedHeartbeat = TimeSpan.FromSeconds(30);

    private readonly RealtimeClientOptions _options;
    private readonly FeedTable _table;
    private readonly Action _opened;
    private readonly ClientWebSocket _socket = new();
    private readonly Outbox _outbox;
    private readonly Watchdog _watchdog;
    private readonly CancellationTokenSource _line = new();
    private readonly Channel<TimeSpan> _expiries = Channel.CreateBounded<TimeSpan>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly FrameHandler _frames;
    private TimeSpan _heartbeat = AssumedHeartbeat;
    private TimeSpan? _reconnectAfter;
    private bool _isOpen;
    private volatile bool _signedOut;
    private int? _code;

    public Connection(RealtimeClientOptions options, FeedTable table, Action opened)
    {
        (_options, _table, _opened) = (options, table, opened);
        _outbox = new(table, options.Clock);
        _frames = new(options, table, this);
        _watchdog = new(options, _outbox.Ping, Cut);
    }

    /// <summary>Lives the connection to its end.</summary>
    /// <param name="handlers">Cancelled when the client closes: interrupts listeners.</param>
    public async Task<Ending> RunAsync(CancellationToken handlers)
    {
        try
        {
            if (await OpenAsync().ConfigureAwait(false)) await LiveAsync(handlers).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever it was, it cost this connection; the next one may do better.
            if (e is not OperationCanceledException) _options.OnFault?.Invoke(e);
        }
        _table.Disconnected();
        return new() { WasOpen = _isOpen, Code = _code, SignedOut = _signedOut, ReconnectAfter = _reconnectAfter };
    }

    /// <summary>The subscriptions have changed.</summary>
    public void Wake() => _outbox.Wake();

    /// <summary>Asks for a sign of life.</summary>
    public void Probe() => _watchdog.Probe();

    /// <summary>Says goodbye; whoever does not answer in time is cut.</summary>
    public void Close()
    {
        _outbox.Close();
        _line.CancelAfter(_options.AnswerTimeout);
    }

    /// <summary>Queues a frame. False when the connection ended first.</summary>
    public ValueTask<bool> PublishAsync(byte[] frame, CancellationToken cancellationToken) => _outbox.PublishAsync(frame, cancellationToken);

    public void Dispose()
    {
        _watchdog.Dispose();
        _socket.Abort();
        _socket.Dispose();
        _line.Dispose();
    }

    /// <summary>The hub has said how often it gives a sign of life.</summary>
    internal void Welcomed(TimeSpan heartbeat) => _heartbeat = heartbeat;

    /// <summary>The hub took the token.</summary>
    internal void Authenticated(TimeSpan expiresIn)
    {
        _expiries.Writer.TryWrite(expiresIn);
        if (_isOpen) return;
        _isOpen = true;
        _watchdog.Open(_heartbeat);
        _table.Connected();
        _outbox.Wake();
        _opened();
    }

    /// <summary>The hub is about to close.</summary>
    internal void ReconnectAfter(TimeSpan delay) => _reconnectAfter = delay;

    /// <summary>Drops the line without ceremony: a dead one may take minutes to say so.</summary>
    internal void Cut()
    {
        try
        {
            _line.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    private async Task<bool> OpenAsync()
    {
        var token = await TokenAsync().ConfigureAwait(false);
        if (token is null) return false;
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.CollectHttpResponseDetails = true;
        _options.ConfigureSocket?.Invoke(_socket.Options);
        try
        {
            await _socket.ConnectAsync(_options.Address, _line.Token).ConfigureAwait(false);
        }
        catch (WebSocketException) when (_socket.HttpStatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
        {
            _reconnectAfter = RetryAfter();
            throw;
        }
        _outbox.Authenticate(token);
        return true;
    }

    private async Task LiveAsync(CancellationToken handlers)
    {
        var sending = EndingLineAsync(_outbox.SendAsync(_socket, _line.Token));
        var renewing = EndingLineAsync(RenewAsync());
        try
        {
            await ReceiveAsync(handlers).ConfigureAwait(false);
        }
        finally
        {
            _outbox.Complete();
            Cut();
            await Task.WhenAll(sending, renewing).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(CancellationToken handlers)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4 << 10);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer);
                if (length > _options.MaxFrameBytes) throw TooBig();
                var part = await _socket.ReceiveAsync(buffer.AsMemory(length), _line.Token).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) break;
                length += part.Count;
                if (!part.EndOfMessage) continue;
                if (!handlers.IsCancellationRequested) await HandleAsync(buffer.AsMemory(0, length), handlers).ConfigureAwait(false);
                length = 0;
            }
            _code = (int?)_socket.CloseStatus;
            await _outbox.AnswerCloseAsync(_socket, _line.Token).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> frame, CancellationToken handlers)
    {
        _watchdog.Heard();
        try
        {
            await _frames.HandleAsync(frame, handlers).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (handlers.IsCancellationRequested)
        {
            // A listener was interrupted to close; from here on frames are only read to reach the hub's goodbye.
        }
        _watchdog.Reading();
    }

    private WebSocketException TooBig()
    {
        _code = (int)WebSocketCloseStatus.MessageTooBig;
        return new($"A frame of the hub is over {_options.MaxFrameBytes} bytes.");
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private async Task RenewAsync()
    {
        await foreach (var expiresIn in _expiries.Reader.ReadAllAsync(_line.Token).ConfigureAwait(false))
        {
            var left = expiresIn - RenewLeft;
            await Task.Delay(left > RenewPause ? left : RenewPause, _options.Clock, _line.Token).ConfigureAwait(false);
            while (true)
            {
                try
                {
                    if (await TokenAsync().ConfigureAwait(false) is not { } token) return;
                    _outbox.Authenticate(token);
                    break;
                }
                catch (InvalidOperationException e) when (e.InnerException is not null)
                {
                    _options.OnFault?.Invoke(e.InnerException);
                    await Task.Delay(RenewPause, _options.Clock, _line.Token).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<string?> TokenAsync()
    {
        try
        {
            var token = await _options.Token(_line.Token).ConfigureAwait(false);
            _signedOut = token is null;
            return token;
        }
        catch (Exception e) when (!_line.IsCancellationRequested)
        {
            throw new InvalidOperationException("There is no token to be had now.", e);
        }
    }

    private async Task EndingLineAsync(Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (Exception e) when (_line.IsCancellationRequested || e is WebSocketException or IOException)
        {
            // The reading loop ends of the same cause, and says so.
        }
        finally
        {
            Cut();
        }
    }

    private TimeSpan? RetryAfter()
    {
        var headers = _socket.HttpResponseHeaders;
        if (headers is null || !headers.TryGetValue("Retry-After", out var values)) return null;
        return int.TryParse(values.FirstOrDefault(), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds >= 0
            ? TimeSpan.FromSeconds(seconds) : null;
    }
}
