using System.Globalization;
using System.IO.Compression;

namespace ChainSync.AnalyticsBench;

/// <summary>A data file is not as its form says. The message names the file and the line.</summary>
internal sealed class DataFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads the gzip tables of the data folder; fields may be quoted.</summary>
internal static class GzipCsv
{
    /// <summary>The rows after the header, each with as many fields as it.</summary>
    public static IEnumerable<CsvRow> Rows(string path) => Table(path).Skip(1);

    /// <summary>All rows, the header first.</summary>
    /// <exception cref="DataFileException">It cannot be read, has no rows, or a row has another number of fields.</exception>
    public static IEnumerable<CsvRow> Table(string path)
    {
        using var reader = new StreamReader(new GZipStream(Open(path), CompressionMode.Decompress));
        var (line, width) = (0, 0);
        while (Next(reader, path) is { } text)
        {
            line++;
            if (text.Length == 0)
                continue;
            var row = new CsvRow(path, line, text.Contains('"', StringComparison.Ordinal) ? Quoted(text) : text.Split(','));
            if (width > 0 && row.Length != width)
                throw row.Wrong($"has {row.Length} fields, the header {width}");
            width = row.Length;
            yield return row;
        }
        if (line < 2)
            throw new DataFileException($"{path} has no rows.");
    }

    /// <summary>The first file of a folder by a pattern.</summary>
    /// <exception cref="DataFileException">There is none.</exception>
    public static string Find(string folder, string pattern) =>
        (Directory.Exists(folder) ? Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault() : null)
        ?? throw new DataFileException($"{Path.Combine(folder, pattern)} is not there.");

    private static FileStream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path) : throw new DataFileException($"{path} is not there.");

    private static string? Next(StreamReader reader, string path)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new DataFileException($"{path} is not a whole gzip file.", e);
        }
    }

    private static string[] Quoted(string line)
    {
        var fields = new List<string>();
        for (var at = 0; at <= line.Length;)
        {
            var quoted = at < line.Length && line[at] == '"';
            var end = quoted ? EndOfQuote(line, at + 1) : line.IndexOf(',', at);
            if (end < 0)
                end = line.Length;
            fields.Add(quoted ? line[(at + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal) : line[at..end]);
            at = quoted ? end + 2 : end + 1;
        }
        return [.. fields];
    }

    private static int EndOfQuote(string line, int from)
    {
        while (from < line.Length && (line[from] != '"' || (from + 1 < line.Length && line[from + 1] == '"')))
            from += line[from] == '"' ? 2 : 1;
        return Math.Min(from, line.Length);
    }
}

/// <summary>One line of a table, which knows where it stands.</summary>
internal sealed class CsvRow(string path, int line, string[] fields)
{
    public int Length => fields.Length;

    public string this[int field] => field < fields.Length ? fields[field] : throw Wrong($"has no field {field + 1}");

    /// <summary>A number that must be there.</summary>
    public double Number(int field) => Value(field) is var value && double.IsNaN(value) ? throw Wrong($"has no number in field {field + 1}") : value;

    /// <summary>A number, NaN where the field is empty or says so.</summary>
    public double Value(int field)
    {
        if (this[field].Length == 0)
            return double.NaN;
        return double.TryParse(this[field], CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value)
            ? value
            : throw Wrong($"has '{this[field]}' where a number belongs");
    }

    /// <summary>The numbers from a field on, NaN where empty.</summary>
    public double[] Values(int from) => [.. Enumerable.Range(from, Math.Max(0, Length - from)).Select(Value)];

    /// <summary>Numbers separated by spaces.</summary>
    public double[] Many(int field) => [.. this[field].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value) ? value : throw Wrong($"has '{text}' where a number belongs"))];

    /// <summary>The day at the beginning of a field, as 2026-11-21.</summary>
    public DateTime Day(int field) => Time(field, "yyyy-MM-dd");

    /// <summary>The day and minute at the beginning of a field, as 2026-11-21 09:30.</summary>
    public DateTime Minute(int field) => Time(field, "yyyy-MM-dd HH:mm");

    /// <summary>In a header, the place of a column.</summary>
    public int Column(string name) => Array.IndexOf(fields, name) is >= 0 and var column ? column : throw Wrong($"has no column '{name}'");

    public DateOnly Date(int field) => DateOnly.FromDateTime(Day(field));

    public DataFileException Wrong(string what) => new($"{path}, line {line} {what}.");

    private DateTime Time(int field, string form) =>
        this[field].Length >= form.Length && DateTime.TryParseExact(this[field].AsSpan(0, form.Length), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw Wrong($"has '{this[field]}' where a time like {form} belongs");
}
