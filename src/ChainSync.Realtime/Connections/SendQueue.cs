using System.Buffers;
using System.IO.Pipelines;

namespace ChainSync.Realtime.Connections;

/// <summary>What became of a frame offered to a <see cref="SendQueue"/>.</summary>
internal enum Offered
{
    /// <summary>It waits to be written.</summary>
    Queued,

    /// <summary>It would exceed the budget: the reader is slow.</summary>
    OverBudget,

    /// <summary>The queue has its last frame, or the connection is gone.</summary>
    Closed,
}

/// <summary>
/// The one writer of a connection. Frames are references to shared bytes; whatever has gathered is written in as few writes as
/// possible by a work item that exists only while there is something to write, so an idle connection holds no loop and no buffer.
/// </summary>
internal sealed class SendQueue(PipeWriter output, HubOptions options, TimeProvider clock, HubMetrics metrics) : IThreadPoolWorkItem
{
    private const int FlushBytes = 32 << 10;
    private const int KeptCapacity = 64;
    private const long Idle = -1;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[][] _filling = [];
    private byte[][] _spare = [];
    private int _count;
    private int _queuedBytes;
    private int _takenBytes;
    private volatile bool _discardTaken;
    private bool _running;
    private bool _last;
    private bool _dead;
    private TaskCompletionSource? _room;
    private long _writeStarted = Idle;

    /// <summary>Completes when the last frame is written or the connection is gone, and nothing touches the output any more.</summary>
    public Task Completion => _completion.Task;

    public int QueuedBytes => Volatile.Read(ref _queuedBytes);

    /// <summary>How long the write under way has been waiting for the reader; zero when none is.</summary>
    public TimeSpan WriteAge
    {
        get
        {
            var started = Volatile.Read(ref _writeStarted);
            return started == Idle ? TimeSpan.Zero : clock.GetElapsedTime(started);
        }
    }

    /// <summary>Queues a frame without waking the writer; <see cref="Flush"/> does that, once for many frames.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="overBudget">Whether it is taken even over the budget: its sender keeps its own bound.</param>
    /// <param name="first">Whether nothing waited before it, so that a wake-up is due.</param>
    public Offered Stage(byte[] frame, bool overBudget, out bool first)
    {
        lock (_gate)
        {
            first = false;
            if (_last || _dead) return Offered.Closed;
            // A frame larger than the whole budget may still pass an empty queue.
            if (!overBudget && _queuedBytes > 0 && _queuedBytes + frame.Length > options.SendBudgetBytes) return Offered.OverBudget;
            first = _count == 0;
            Add(frame);
            return Offered.Queued;
        }
    }

    /// <summary>Queues a frame and wakes the writer.</summary>
    public Offered Offer(byte[] frame)
    {
        var offered = Stage(frame, overBudget: false, out _);
        if (offered == Offered.Queued) Flush();
        return offered;
    }

    /// <summary>Queues the last frame; nothing is accepted after it.</summary>
    /// <param name="frame">The close frame.</param>
    /// <param name="discard">Whether what waits is dropped, as for a reader that would not get through it.</param>
    public bool Finish(byte[] frame, bool discard)
    {
        lock (_gate)
        {
            if (_last || _dead) return false;
            if (discard) DropWaiting();
            _discardTaken = discard;
            Add(frame);
            _last = true;
        }
        Flush();
        return true;
    }

    /// <summary>Wakes the writer if it has work and is not already at it.</summary>
    public void Flush()
    {
        if (TryBegin()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Does on this thread what <see cref="Flush"/> wakes the writer for, as far as the network takes it at once.</summary>
    public void FlushHere()
    {
        if (TryBegin()) _ = DrainAsync();
    }

    /// <summary>Ends the queue at once; what waits is dropped.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _dead = true;
            DropWaiting();
            SignalRoom();
            // A run under way notices, and completes when it no longer holds the output's memory.
            if (_running) return;
        }
        _completion.TrySetResult();
    }

    /// <summary>Waits until at most half of the budget is used, or the connection is gone.</summary>
    public Task RoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_dead || _queuedBytes <= options.SendBudgetBytes / 2) return Task.CompletedTask;
            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private bool TryBegin()
    {
        lock (_gate)
        {
            if (_running || _count == 0 || _dead) return false;
            return _running = true;
        }
    }

    /// <summary>One run of the writer; it handles its own failures, and <see cref="Completion"/> stands for its end.</summary>
    private async Task DrainAsync()
    {
        while (Take(out var frames, out var count))
        {
            if (!await TryWriteAsync(frames, count).ConfigureAwait(false)) Kill();
        }
    }

    private bool Take(out byte[][] frames, out int count)
    {
        lock (_gate)
        {
            (frames, count) = (_filling, _count);
            if (count > 0 && !_dead)
            {
                (_filling, _spare, _count) = (_spare, [], 0);
                (_takenBytes, _discardTaken) = (_queuedBytes, false);
                return true;
            }
            _running = false;
            if (!_last && !_dead) return false;
        }
        _completion.TrySetResult();
        return false;
    }

    private async ValueTask<bool> TryWriteAsync(byte[][] frames, int count)
    {
        try
        {
            return await WriteAsync(frames, count).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    private async ValueTask<bool> WriteAsync(byte[][] frames, int count)
    {
        var (written, alive) = (0, true);
        for (var i = 0; i < count && alive && !_discardTaken; i++)
        {
            output.Write(frames[i]);
            written += frames[i].Length;
            if (written < FlushBytes && i < count - 1) continue;
            alive = await FlushAsync(written).ConfigureAwait(false);
            written = 0;
        }
        Array.Clear(frames, 0, count);
        lock (_gate)
        {
            if (frames.Length <= KeptCapacity) _spare = frames;
            Release(_takenBytes);
        }
        return alive;
    }

    /// <summary>Hands what is written to the network and waits for room. False when nobody reads it any more.</summary>
    private async ValueTask<bool> FlushAsync(int bytes)
    {
        Volatile.Write(ref _writeStarted, clock.GetTimestamp());
        var flushed = await output.FlushAsync().ConfigureAwait(false);
        Volatile.Write(ref _writeStarted, Idle);
        if (flushed.IsCompleted || flushed.IsCanceled) return false;
        metrics.Written(bytes);
        lock (_gate) Release(bytes);
        return true;
    }

    /// <summary>Takes written or abandoned bytes of the batch under way off the account.</summary>
    private void Release(int bytes)
    {
        _takenBytes -= bytes;
        _queuedBytes -= bytes;
        if (_queuedBytes <= options.SendBudgetBytes / 2) SignalRoom();
    }

    private void Add(byte[] frame)
    {
        if (_count == _filling.Length) Array.Resize(ref _filling, Math.Max(4, _count * 2));
        _filling[_count++] = frame;
        _queuedBytes += frame.Length;
    }

    private void DropWaiting()
    {
        for (var i = 0; i < _count; i++) _queuedBytes -= _filling[i].Length;
        Array.Clear(_filling, 0, _count);
        _count = 0;
        if (_queuedBytes <= options.SendBudgetBytes / 2) SignalRoom();
    }

    private void SignalRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
