using System.Text;
using ChainSync.Core.Imports;
using CsvHelper;

namespace ChainSync.Server.Features.Imports;

/// <summary>
/// Reads a file of the <c>online-retail</c> format, plain or gzip, line by line. A line that cannot be read becomes a
/// <see cref="RejectedLine"/>; a file that is not of the format at all an <see cref="ImportException"/>.
/// </summary>
public sealed class OnlineRetailReader
{
    /// <summary>Most lines of one file: what is read is kept in memory until it is judged, some 100 bytes a line.</summary>
    public const int MaxLines = 10_000_000;

    /// <summary>The longest line, in bytes.</summary>
    public const int MaxLineBytes = 64 * 1024;

    private const int MaxRejectTextLength = 1_000;
    private const int CancelEvery = 4_096;

    private readonly List<RejectedLine> _rejects = [];
    private long _malformedLine;
    private bool _ended;

    private OnlineRetailReader()
    {
    }

    /// <summary>Reads and judges a whole file.</summary>
    /// <param name="file">The file's bytes from their start; left open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ImportException">It is not of the format, is damaged, or has nothing in it; the message says which.</exception>
    public static RetailBook ReadBook(Stream file, CancellationToken cancellationToken)
    {
        var isPacked = IsGzip(file);
        try
        {
            using var unpacked = isPacked ? GzipEnd.Unpack(file) : null;
            var reader = new OnlineRetailReader();
            var book = RetailBook.Of(reader.Read(unpacked ?? file, cancellationToken), reader._rejects);
            if (isPacked && !reader._ended) throw new EndOfStreamException("its end is missing.");
            return book.Lines > 0 ? book : throw new ImportException("The file has a header and no lines. Nothing was written.");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new ImportException($"The file is damaged or was cut off: {e.Message} Nothing was written.", e);
        }
        catch (CsvFormatException e)
        {
            throw new ImportException(
                $"Line {e.LineNumber:N0} is longer than {MaxLineBytes:N0} bytes: this is not a file of the online-retail format. Nothing was written.", e);
        }
    }

    private IEnumerable<RetailLine> Read(Stream text, CancellationToken cancellationToken)
    {
        using var csv = CsvReader.Create(text, Options(), leaveOpen: true);
        var columns = OnlineRetailColumns.Find(csv.Headers);
        var record = new OnlineRetailRecord(csv, columns);
        while (csv.Read())
        {
            if (_ended = csv.RawRecord.SequenceEqual(GzipEnd.Line)) break;
            if (csv.LineNumber % CancelEvery == 0) cancellationToken.ThrowIfCancellationRequested();
            if (csv.LineNumber > MaxLines + 1) throw new ImportException($"The file has more than {MaxLines:N0} lines; cut it into several. Nothing was written.");
            if (record.TryRead(_malformedLine == csv.LineNumber, out var line) is { } reason) Reject(csv, reason);
            else yield return line;
        }
    }

    private CsvReaderOptions Options() => new()
    {
        Separator = ',',
        AllowLineBreaksInQuotes = false, // so that one open quote cannot swallow the rest of the file
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        TrackLineNumbers = true,
        PoolStrings = true,
        MaxRecordSize = MaxLineBytes,
        OnMalformedRecord = malformed => _malformedLine = malformed.LineNumber,
    };

    private void Reject(CsvReader csv, string reason)
    {
        var text = Encoding.UTF8.GetString(csv.RawRecord);
        if (text.Length > MaxRejectTextLength) text = text[..MaxRejectTextLength] + "…";
        _rejects.Add(new RejectedLine((int)csv.LineNumber, reason, text));
    }

    private static bool IsGzip(Stream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic is [0x1F, 0x8B];
    }
}
