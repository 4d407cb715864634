using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace ChainSync.Realtime.Tests;

/// <summary>An upgraded line in memory, whose client says what a test says and takes nothing while it stalls.</summary>
internal sealed class StallingLine : UpgradedLine
{
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<JsonElement> _frames = new();
    private readonly MemoryStream _said = new();
    private readonly MemoryStream _taken = new();
    private volatile TaskCompletionSource? _stall;

    /// <summary>A client that says these things at once.</summary>
    public StallingLine(params string[] frames)
    {
        foreach (var frame in frames)
        {
            var payload = Encoding.UTF8.GetBytes(frame);
            Assert.InRange(payload.Length, 0, 125);
            _said.Write([0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]); // one text frame, masked with zeros
        }
        _said.Position = 0;
    }

    /// <summary>The text frames taken so far.</summary>
    public IReadOnlyList<JsonElement> Frames => [.. _frames];

    /// <summary>Takes nothing more until <see cref="GoOn"/>.</summary>
    public void Stall() => _stall = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn()
    {
        var stall = _stall;
        _stall = null;
        stall?.SetResult();
    }

    public void Cut() => _cut.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_said.Position == _said.Length) await _cut.Task;
        return buffer.IsEmpty ? 0 : _said.Read(buffer.Span);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_stall is { } stall) await stall.Task;
        if (_cut.Task.IsCompleted) throw new IOException("cut");
        _taken.Write(buffer.Span);
        TakeFrames();
    }

    private void TakeFrames()
    {
        var bytes = _taken.GetBuffer().AsSpan(0, (int)_taken.Length);
        while (bytes.Length >= 2)
        {
            var (start, length) = bytes[1] == 126 ? (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])) : (2, bytes[1]);
            if (bytes.Length < start + length) break;
            if ((bytes[0] & 0x0F) == 1) _frames.Enqueue(JsonElement.Parse(bytes.Slice(start, length)));
            bytes = bytes[(start + length)..];
        }
        var rest = bytes.ToArray();
        _taken.SetLength(0);
        _taken.Write(rest);
    }
}
