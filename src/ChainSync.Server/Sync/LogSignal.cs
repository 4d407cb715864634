namespace ChainSync.Server.Sync;

/// <summary>The hint that a store's log has grown. Losing one costs latency, never data: readers also poll.</summary>
public sealed class LogSignal
{
    private readonly Lock _lock = new();
    private HashSet<Guid> _stores = [];
    private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says that the store has committed something.</summary>
    public void Raise(Guid storeId)
    {
        TaskCompletionSource raised;
        lock (_lock)
        {
            if (!_stores.Add(storeId)) return; // already said and not yet read
            raised = _raised;
        }
        raised.TrySetResult();
    }

    /// <summary>Waits for hints, or for the time that a reader polls at anyway.</summary>
    /// <returns>The stores hinted at since the last call; empty after the wait.</returns>
    public async Task<IReadOnlySet<Guid>> WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await _raised.Task.WaitAsync(atMost, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing was said; the caller polls.
        }
        lock (_lock)
        {
            var stores = _stores;
            _stores = [];
            _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return stores;
        }
    }
}
