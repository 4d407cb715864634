using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>Writes an enum as its name in snake case (<c>same_period_last_year</c>) and reads nothing else.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
