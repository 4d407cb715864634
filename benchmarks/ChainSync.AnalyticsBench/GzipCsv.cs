using System.IO.Compression;

namespace ChainSync.AnalyticsBench;

/// <summary>Reads the gzip tables of the data folder; fields may be quoted.</summary>
internal static class GzipCsv
{
    public static IEnumerable<string[]> Rows(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line.Contains('"', StringComparison.Ordinal) ? Quoted(line) : line.Split(',');
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
        return from;
    }
}
