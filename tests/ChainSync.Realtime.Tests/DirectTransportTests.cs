using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using ChainSync.Realtime.Connections;

namespace ChainSync.Realtime.Tests;

/// <summary>The output on a real connection, with buffers so small that it is often not taken at once.</summary>
public sealed class DirectTransportTests : IAsyncLifetime
{
    /// <summary>More than both ends' buffers hold.</summary>
    private const int Much = 8 << 20;

    private readonly Socket _writer = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly Pipe _server = new();
    private Socket _reader = null!;
    private DirectTransport _output = null!;

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 << 10 };
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _writer.SendBufferSize = 4 << 10;
        await _writer.ConnectAsync(listener.LocalEndPoint!);
        _reader = await listener.AcceptAsync();
        _output = new(_writer, new Duplex(_server.Reader, _server.Writer));
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _reader.Dispose();
        return default;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_written_arrives_once_and_in_order_however_it_is_written_and_read(int seed)
    {
        var random = new Random(seed);
        var sent = new byte[Much];
        random.NextBytes(sent);
        var reading = ReadAllAsync(new Random(seed + 1));
        var flush = Task.CompletedTask;
        for (var at = 0; at < Much;)
        {
            var some = sent.AsSpan(at, Math.Min(random.Next(1, 1 << random.Next(4, 18)), Much - at));
            at += some.Length;
            if (random.Next(2) == 0) _output.Write(some);
            else
            {
                some.CopyTo(_output.GetSpan(some.Length + random.Next(100)));
                _output.Advance(some.Length);
            }
            // Mostly it is waited for; now and then more is written, and flushed, while a flush is under way.
            if (random.Next(4) == 0) continue;
            flush = _output.FlushAsync(TestContext.Current.CancellationToken).AsTask();
            if (random.Next(4) > 0) await flush;
        }
        await flush;
        await EndAsync();

        var received = await reading;
        Assert.Equal(Much, received.Length);
        Assert.True(received.AsSpan().SequenceEqual(sent));
    }

    [Fact]
    public async Task What_the_socket_takes_is_sent_when_flush_returns()
    {
        _output.Write("hello"u8);
        Assert.Equal(5, _output.UnflushedBytes);

        var flush = _output.FlushAsync(TestContext.Current.CancellationToken);

        Assert.True(flush.IsCompletedSuccessfully);
        Assert.Equal(0, _output.UnflushedBytes);
        Assert.Equal(new FlushResult(false, false), await flush);
        var buffer = new byte[16];
        Assert.Equal(5, await _reader.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_flush_that_is_cancelled_under_way_says_so_and_is_sent_all_the_same()
    {
        _output.Write(new byte[Much]);
        var flush = _output.FlushAsync(TestContext.Current.CancellationToken);
        Assert.False(flush.IsCompleted);

        _output.CancelPendingFlush();
        Assert.Equal(new FlushResult(isCanceled: true, isCompleted: false), await flush);

        await FinishAndExpectAsync(Much);
    }

    [Fact]
    public async Task A_cancellation_before_a_flush_is_told_to_the_next_and_to_no_other()
    {
        _output.CancelPendingFlush();
        _output.Write(new byte[10]);
        Assert.Equal(new FlushResult(isCanceled: true, isCompleted: false), await _output.FlushAsync(TestContext.Current.CancellationToken));
        _output.Write(new byte[10]);
        Assert.Equal(new FlushResult(isCanceled: false, isCompleted: false), await _output.FlushAsync(TestContext.Current.CancellationToken));

        await FinishAndExpectAsync(20);
    }

    [Fact]
    public async Task A_token_ends_the_wait_and_not_the_sending()
    {
        using var stop = new CancellationTokenSource();
        _output.Write(new byte[Much]);
        var flush = _output.FlushAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.AsTask());

        await FinishAndExpectAsync(Much);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Much)]
    public async Task What_was_written_is_sent_before_the_end_although_nobody_flushed_it(int bytes)
    {
        _output.Write(new byte[bytes]);
        await FinishAndExpectAsync(bytes);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Much)]
    public async Task A_reader_that_is_gone_ends_the_output_and_the_servers_own(int bytes)
    {
        _reader.LingerState = new(enable: true, seconds: 0);
        var first = Task.CompletedTask;
        if (bytes == Much)
        {
            _output.Write(new byte[bytes]);
            first = _output.FlushAsync(TestContext.Current.CancellationToken).AsTask();
        }
        _reader.Dispose();
        await first;
        // The reset takes a moment to be known.
        await Eventually.IsAsync(() =>
        {
            _output.Write(new byte[10]);
            var flush = _output.FlushAsync(TestContext.Current.CancellationToken).AsTask();
            return flush.IsCompletedSuccessfully && flush.Result.IsCompleted;
        });

        Assert.True((await _server.Reader.ReadAsync(TestContext.Current.CancellationToken)).IsCompleted);
    }

    [Fact]
    public async Task A_socket_that_is_closed_ends_the_output_with_what_waits()
    {
        _output.Write(new byte[Much]);
        var flush = _output.FlushAsync(TestContext.Current.CancellationToken);
        _writer.Dispose();

        Assert.True((await flush).IsCompleted);
        _output.Write(new byte[10]);
        Assert.True((await _output.FlushAsync(TestContext.Current.CancellationToken)).IsCompleted);
    }

    private async Task FinishAndExpectAsync(int bytes)
    {
        var reading = ReadAllAsync(new Random(0));
        await EndAsync();
        Assert.Equal(bytes, (await reading).Length);
    }

    /// <summary>Completes the output, and closes the connection when the server's own is completed, as the server does.</summary>
    private async Task EndAsync()
    {
        await _output.CompleteAsync();
        Assert.True((await _server.Reader.ReadAsync(TestContext.Current.CancellationToken)).IsCompleted);
        _writer.Shutdown(SocketShutdown.Send);
    }

    private async Task<byte[]> ReadAllAsync(Random random)
    {
        var received = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await _reader.ReceiveAsync(buffer.AsMemory(0, random.Next(1, buffer.Length))) is var count && count > 0) received.Write(buffer, 0, count);
        return received.ToArray();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
