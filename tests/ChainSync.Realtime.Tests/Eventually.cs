namespace ChainSync.Realtime.Tests;

/// <summary>Waits for what another thread is about to do, yielding instead of sleeping, and fails if it never does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task IsAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, "the condition never came true");
            await Task.Yield();
        }
    }
}
