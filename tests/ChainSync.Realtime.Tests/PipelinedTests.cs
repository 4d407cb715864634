using System.IO.Pipelines;
using ChainSync.Realtime.Connections;

namespace ChainSync.Realtime.Tests;

public sealed class PipelinedTests
{
    [Fact]
    public async Task What_comes_in_together_is_answered_in_one_write()
    {
        await using var host = await HubHost.StartAsync();
        await using var line = new StallingLine([.. Enumerable.Repeat("""{"type":"ping"}""", 64)]);
        var connection = new HubConnection(host.Hub, "pipelining", PipeReader.Create(line), PipeWriter.Create(line), compressed: false, line.Cut);
        host.Hub.Remember(connection);

        var running = connection.RunAsync(user: null);
        await Eventually.IsAsync(() => line.Frames.Count(f => f.GetProperty("type").GetString() == "pong") == 64);

        // A write is counted after it was made.
        connection.Abort();
        await running;
        // One for the welcome, one for the answers.
        Assert.InRange(host.Hub.Statistics().Writes, 1, 2);
    }
}
