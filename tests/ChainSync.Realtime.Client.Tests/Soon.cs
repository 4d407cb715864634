using System.Threading.Channels;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>Waiting for what must come, with an end.</summary>
internal static class Soon
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<T> NextAsync<T>(this ChannelReader<T> reader)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await reader.ReadAsync(patience.Token);
    }
}
