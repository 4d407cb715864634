using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>
/// Source-generated JSON of queries and of what became of a question. Names are camelCase, enums snake_case; an unknown
/// property is an error, so that a misspelt slot is never silently dropped.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AnalyticsQuery))]
[JsonSerializable(typeof(QuestionOutcome))]
public sealed partial class QuestionsJson : JsonSerializerContext;
