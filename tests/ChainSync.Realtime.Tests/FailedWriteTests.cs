using System.IO.Pipelines;
using ChainSync.Realtime.Connections;

namespace ChainSync.Realtime.Tests;

public sealed class FailedWriteTests
{
    [Fact]
    public async Task A_write_that_fails_ends_the_connection_although_its_reads_still_wait()
    {
        await using var host = await HubHost.StartAsync();
        using var line = new HalfDeadLine();
        var connection = new HubConnection(host.Hub, "half-dead", PipeReader.Create(line), PipeWriter.Create(line), compressed: false, line.Cut);
        host.Hub.Remember(connection);

        var running = connection.RunAsync(new HubUser("ann", "manager", DateTimeOffset.MaxValue));
        await line.WriteFailed;
        await Eventually.IsAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(250));
            return running.IsCompleted;
        });

        Assert.Equal(0, host.Hub.Statistics().Connections);
        Assert.Empty(host.Hub.Users.Of("ann"));
    }

    /// <summary>Takes no byte and brings none until it is cut.</summary>
    private sealed class HalfDeadLine : UpgradedLine
    {
        private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task WriteFailed => _failed.Task;

        public void Cut() => _cut.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _cut.Task;
            throw new IOException("cut");
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _failed.TrySetResult();
            throw new IOException("broken pipe");
        }
    }
}
