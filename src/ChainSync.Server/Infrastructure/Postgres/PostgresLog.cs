namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>Finds in PostgreSQL's own words why it gave up.</summary>
internal static class PostgresLog
{
    private static readonly string[] Marks = ["FATAL:", "PANIC:", "error:", "ERROR:"];

    /// <returns>The first line that says what went wrong, else the last one, without its time and process id.</returns>
    public static string Reason(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
        {
            if (Marks.FirstOrDefault(line.Contains) is { } mark)
                return Sentence(line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..]);
        }
        return Sentence(lines.LastOrDefault() ?? "it said nothing");
    }

    private static string Sentence(string text) => text.Trim().TrimEnd('.') + ".";
}
