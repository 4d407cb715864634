using System.IO.Compression;

namespace ChainSync.Server.Features.Imports;

/// <summary>
/// Tells a whole gzip file from one that was cut off, which the base library reads as if it ended there. A second member is put
/// behind the file (gzip files may be joined); its line comes out at the end only if everything before it was whole.
/// </summary>
internal static class GzipEnd
{
    private static readonly byte[] Member = Pack();

    /// <summary>The line that ends a whole file.</summary>
    public static ReadOnlySpan<byte> Line => "--- end of gzip, by ChainSync ---"u8;

    /// <summary>The unpacked file with <see cref="Line"/> behind it; the file is left open.</summary>
    public static Stream Unpack(Stream file) => new GZipStream(new Joined(file, new MemoryStream(Member)), CompressionMode.Decompress);

    private static byte[] Pack()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression)) gzip.Write([(byte)'\n', .. Line]);
        return packed.ToArray();
    }

    private sealed class Joined(Stream first, Stream second) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = first.Read(buffer, offset, count);
            return read > 0 || count == 0 ? read : second.Read(buffer, offset, count);
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
