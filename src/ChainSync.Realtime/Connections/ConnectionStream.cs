using ChainSync.Realtime.Wire;

namespace ChainSync.Realtime.Connections;

/// <summary>
/// What <see cref="System.Net.WebSockets.WebSocket"/> sees of a connection: reads come from the network and count as signs of life;
/// what it wants to write (pongs and protocol-error closes) joins the connection's one queue instead of racing it.
/// </summary>
internal sealed class ConnectionStream(Stream network, SendQueue queue, Action<int> closed, Action alive) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await network.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        alive();
        return read;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var frame = buffer.ToArray();
        if (Frame.CloseCode(frame) is not { } code) queue.Offer(frame);
        else if (queue.Finish(frame, discard: false)) closed(code);
        return ValueTask.CompletedTask;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
