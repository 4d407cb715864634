using System.Globalization;
using System.Text.Json;
using ChainSync.Analytics.Questions;

namespace ChainSync.QuestionsBench;

/// <summary>
/// An answer as a set of slots, so that two answers compare without regard to order or spelling of operators. Metrics go by
/// their catalogue name; a list of one is an equality; the order counts only beside a limit.
/// </summary>
internal sealed record AnswerSlots(string Intent, IReadOnlySet<string> Slots)
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["="] = "eq", ["=="] = "eq", ["neq"] = "ne", ["not_eq"] = "ne", ["!="] = "ne", ["not"] = "ne", ["nin"] = "not_in", ["notin"] = "not_in", ["le"] = "lte", ["<="] = "lte",
        ["<"] = "lt", ["ge"] = "gte", [">="] = "gte", [">"] = "gt", ["notIn"] = "not_in", ["not in"] = "not_in",
    };

    private static readonly Dictionary<string, string> Fields = new()
        { ["weekday"] = "day_of_week", ["dayOfWeek"] = "day_of_week", ["cashier"] = "employee", ["staff"] = "employee", ["hour_of_day"] = "hour", ["payment"] = "payment_method", ["paymentMethod"] = "payment_method", ["department"] = "category" };

    /// <summary>Whether the answer runs a query at all.</summary>
    public bool Runs => Intent is not ("clarify" or "refuse");

    public bool Equals(AnswerSlots? other) => other is not null && Intent == other.Intent && (!Runs || Slots.SetEquals(other.Slots));

    public override int GetHashCode() => Intent.GetHashCode(StringComparison.Ordinal);

    /// <summary>The slots of what the parser answered.</summary>
    public static AnswerSlots From(QuestionOutcome outcome) => outcome switch
    {
        UnderstoodQuestion understood => From(understood.Reading.Query),
        UnclearQuestion => new("clarify", new HashSet<string>()),
        _ => new("refuse", new HashSet<string>()),
    };

    /// <summary>The slots of an expected answer; what it leaves out comes from <paramref name="fallback"/>.</summary>
    public static AnswerSlots FromJson(JsonElement answer, JsonElement? fallback)
    {
        JsonElement? Get(string name) =>
            answer.TryGetProperty(name, out var own) ? own : fallback is { } other && other.TryGetProperty(name, out var inherited) ? inherited : null;

        var intent = Get("intent")!.Value.GetString()!;
        var slots = new HashSet<string>();
        foreach (var metric in Items(Get("metrics")))
            slots.Add("metric " + Metric(metric.GetString()!));

        foreach (var dimension in Items(Get("dimensions")))
            slots.Add("dimension " + Field(dimension.GetString()!));

        foreach (var filter in Items(Get("filters")))
            slots.Add(Filter(filter.GetProperty("field").GetString()!, filter.GetProperty("op").GetString()!, [.. Values(filter.GetProperty("value"))]));

        foreach (var having in Items(Get("having")))
            slots.Add(Having(having.GetProperty("field").GetString()!, having.GetProperty("op").GetString()!, having.GetProperty("value").GetDouble()));

        if (Get("time") is { ValueKind: JsonValueKind.Object } time)
            AddTime(slots, time.GetProperty("from").GetString()!, time.GetProperty("to").GetString()!);

        if (Get("compare") is { ValueKind: JsonValueKind.Object } compare)
            slots.Add("compare " + (compare.GetProperty("kind").GetString() is var kind && kind == "range"
                ? $"{compare.GetProperty("from").GetString()} {compare.GetProperty("to").GetString()}"
                : kind));

        if (Get("limit") is { ValueKind: not JsonValueKind.Null } limit)
        {
            slots.Add(Limit(limit));
            if (Get("sort") is { ValueKind: JsonValueKind.Object } sort)
                slots.Add(Sort(sort.GetProperty("by").GetString()!, sort.GetProperty("dir").GetString() == "desc"));
        }

        return new(intent, slots);
    }

    private static AnswerSlots From(AnalyticsQuery query)
    {
        var slots = new HashSet<string>();
        slots.UnionWith(query.Metrics.Select(m => "metric " + m));
        slots.UnionWith(query.Dimensions.Select(d => "dimension " + d));
        slots.UnionWith(query.Filters.Select(f => Filter(f.Field, Snake(f.Op), f.Values)));
        slots.UnionWith(query.Having.Select(h => Having(h.Field, Snake(h.Op), h.Value)));
        AddTime(slots, Day(query.Time.From), Day(query.Time.To));
        if (query.Compare is { } compare)
            slots.Add("compare " + (compare.Kind == ComparisonKind.Range ? $"{Day(compare.From)} {Day(compare.To)}" : Snake(compare.Kind)));

        if (query.Limit is { } limit)
        {
            slots.Add(Limit(limit.Count, limit.Per));
            if (query.Sort is { } sort)
                slots.Add(Sort(sort.By, sort.Descending));
        }

        return new(Snake(query.Intent), slots);
    }

    private static void AddTime(HashSet<string> slots, string from, string to)
    {
        slots.Add("from " + from);
        slots.Add("to " + to);
    }

    private static string Filter(string field, string op, IReadOnlyList<string> values)
    {
        var name = Operators.GetValueOrDefault(op, op);
        if (values.Count == 1)
            name = name switch { "in" => "eq", "not_in" => "ne", _ => name };
        else
            name = name switch { "eq" => "in", "ne" => "not_in", _ => name };

        return $"filter {Field(field)} {name} {string.Join('|', values.Order(StringComparer.Ordinal))}";
    }

    private static string Having(string field, string op, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"having {Metric(field)} {Operators.GetValueOrDefault(op, op)} {value}");

    private static string Limit(JsonElement limit) => limit.ValueKind == JsonValueKind.Number
        ? Limit(limit.GetInt32(), null)
        : Limit(limit.GetProperty("n").GetInt32(), limit.TryGetProperty("per", out var per) ? per.GetString() : null);

    private static string Limit(int count, string? per) =>
        per is null ? string.Create(CultureInfo.InvariantCulture, $"limit {count}") : string.Create(CultureInfo.InvariantCulture, $"limit {count} per {Field(per)}");

    private static string Sort(string by, bool descending) => $"sort {Metric(by)} {(descending ? "desc" : "asc")}";

    private static string Metric(string name) => MetricCatalogue.Standard.FindMetric(name)?.Name ?? Field(name);

    private static string Field(string name) => Fields.GetValueOrDefault(name, name);

    private static JsonElement.ArrayEnumerator Items(JsonElement? list) => list is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private static IEnumerable<string> Values(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(v => v.ToString()) : [value.ToString()];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Snake<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
