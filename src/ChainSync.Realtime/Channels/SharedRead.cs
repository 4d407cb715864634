namespace ChainSync.Realtime.Channels;

/// <summary>
/// One read at a time for all who ask. Whoever asks while one is under way shares the next, so that every answer was read after its
/// question.
/// </summary>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private readonly Lock _gate = new();
    private Task<T> _running = Task.FromResult(default(T)!);
    private Task<T>? _next;

    public Task<T> AskAsync()
    {
        lock (_gate) return _next ??= AfterAsync(_running);
    }

    private async Task<T> AfterAsync(Task running)
    {
        // Its failure is for those who asked for it; nor may the rest run before this task is known as the next.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate) (_running, _next) = (_next!, null);
        return await read().ConfigureAwait(false);
    }
}
