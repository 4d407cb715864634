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
    private const int FleetingShare = 4;
    private const long Idle = -1;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[][] _filling = [];
    private byte[][] _spare = [];
    private byte[][] _taken = [];
    private int _count;
    private int _queuedBytes;
    private int _takenCount;
    private int _takenBytes;
    private int _next;
    private int _unflushed;
    private volatile bool _discardTaken;
    private bool _running;
    private bool _held;
    private bool _last;
    private bool _dead;
    private TaskCompletionSource? _room;
    private long _writeStarted = Idle;

    /// <summary>Completes when the last frame is written or the connection is gone, and nothing touches the output any more.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether it was ended with nothing more to come: a write failed, or the connection was cut.</summary>
    public bool IsDead => Volatile.Read(ref _dead);

    public int QueuedBytes => Volatile.Read(ref _queuedBytes);

    /// <summary>Whether what waits is to gather still: less than a write's worth, and not the last of all.</summary>
    private bool HoldsBack => _held && !_last && _queuedBytes < FlushBytes;

    /// <summary>How long the write under way has been waiting for the reader; zero when none does.</summary>
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

    /// <summary>Queues a frame that may be lost, in the quarter of the budget that such frames may fill: they never crowd out what lasts.</summary>
    public Offered StageFleeting(byte[] frame, out bool first)
    {
        lock (_gate)
        {
            first = false;
            if (_queuedBytes > 0 && _queuedBytes + frame.Length > options.SendBudgetBytes / FleetingShare) return Offered.OverBudget;
            return Stage(frame, overBudget: true, out first);
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

    /// <summary>Lets frames gather for one write: whoever holds is about to answer more, and calls <see cref="Resume"/> before it waits.</summary>
    public void Hold()
    {
        lock (_gate) _held = true;
    }

    /// <summary>Ends a <see cref="Hold"/> and writes what has gathered, on this thread as far as the network takes it at once.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (!_held) return;
            _held = false;
        }
        FlushHere();
    }

    /// <summary>Wakes the writer if it has work, is not already at it, and nobody holds less than a write's worth back.</summary>
    public void Flush()
    {
        if (TryBegin()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Does on this thread what <see cref="Flush"/> wakes the writer for, as far as the network takes it at once.</summary>
    public void FlushHere()
    {
        if (TryBegin()) Drain();
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

    void IThreadPoolWorkItem.Execute() => Drain();

    private bool TryBegin()
    {
        lock (_gate)
        {
            if (_running || _count == 0 || _dead || HoldsBack) return false;
            return _running = true;
        }
    }

    /// <summary>
    /// One run of the writer, as far as the network takes it at once; the rest of a slow one goes on in <see cref="GoOnAsync"/>.
    /// An ordinary method, so that the usual write costs no state machine.
    /// </summary>
    private void Drain()
    {
        try
        {
            while (Take())
            {
                var flush = WriteSome();
                if (!flush.IsCompleted)
                {
                    Volatile.Write(ref _writeStarted, clock.GetTimestamp());
                    // It handles its own failures, and the end of the run is told by Completion.
                    _ = GoOnAsync(flush);
                    return;
                }
                Flushed(flush.Result);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            Kill();
            Take();
        }
    }

    private async Task GoOnAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            var result = await flush.ConfigureAwait(false);
            Volatile.Write(ref _writeStarted, Idle);
            Flushed(result);
        }
        catch (Exception e) when (IsBroken(e))
        {
            Kill();
        }
        Drain();
    }

    private static bool IsBroken(Exception e) => e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Whether there is something to write: the rest of the batch under way, or what has gathered since. Ends the run when not.</summary>
    private bool Take()
    {
        lock (_gate)
        {
            if (_next < _takenCount && !_discardTaken && !_dead) return true;
            EndBatch();
            if (_count > 0 && !_dead && !HoldsBack)
            {
                (_taken, _takenCount, _takenBytes, _discardTaken) = (_filling, _count, _queuedBytes, false);
                (_filling, _spare, _count) = (_spare, [], 0);
                return true;
            }
            _running = false;
            if (!_last && !_dead) return false;
        }
        _completion.TrySetResult();
        return false;
    }

    private void EndBatch()
    {
        Array.Clear(_taken, 0, _takenCount);
        if (_taken.Length is > 0 and <= KeptCapacity) _spare = _taken;
        (_taken, _takenCount, _next) = ([], 0, 0);
        Release(_takenBytes);
    }

    private ValueTask<FlushResult> WriteSome()
    {
        for (_unflushed = 0; _next < _takenCount && _unflushed < FlushBytes; _next++)
        {
            output.Write(_taken[_next]);
            _unflushed += _taken[_next].Length;
        }
        return output.FlushAsync();
    }

    private void Flushed(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            // Nobody reads it any more.
            Kill();
            return;
        }
        metrics.Written(_unflushed);
        lock (_gate) Release(_unflushed);
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
