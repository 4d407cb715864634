using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Insights;

/// <summary>What was shown lately, so that nobody is told the same thing twice in a week. Immutable; small, because it forgets.</summary>
/// <param name="Shown">One entry per key, ordered by key.</param>
public sealed record InsightHistory(IReadOnlyList<ShownInsight> Shown)
{
    /// <summary>Nothing shown yet.</summary>
    public static InsightHistory Empty { get; } = new([]);

    /// <summary>True when an insight would repeat one shown fewer than <paramref name="quietDays"/> days ago that was no milder and in the same state.</summary>
    public bool Covers(string key, InsightSeverity severity, string state, DateOnly today, int quietDays) =>
        Shown.Any(s => s.Key == key && IsFresh(s, today, quietDays) && severity <= s.Severity && s.State == state);

    /// <summary>The history after showing insights: new entries replace those of the same key, entries past the quiet days are forgotten.</summary>
    public InsightHistory After(IEnumerable<Insight> insights, DateOnly today, int quietDays)
    {
        ArgumentNullException.ThrowIfNull(insights);
        var entries = new SortedDictionary<string, ShownInsight>(StringComparer.Ordinal);
        foreach (var shown in Shown.Where(s => IsFresh(s, today, quietDays)))
            entries[shown.Key] = shown;
        foreach (var insight in insights)
            entries[insight.Key] = new ShownInsight(insight.Key, today, insight.Severity, insight.Finding.State);
        return new InsightHistory([.. entries.Values]);
    }

    /// <summary>UTF-8 JSON.</summary>
    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(this, InsightHistoryJson.Default.InsightHistory);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="JsonException">Not such JSON.</exception>
    public static InsightHistory Load(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, InsightHistoryJson.Default.InsightHistory) is { Shown: not null } history
            ? history
            : throw new JsonException("The JSON holds no history of insights.");

    private static bool IsFresh(ShownInsight shown, DateOnly today, int quietDays) => today.DayNumber - shown.Day.DayNumber < quietDays;
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InsightHistory))]
internal sealed partial class InsightHistoryJson : JsonSerializerContext;
