using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>What is wanted of the metrics of an <see cref="AnalyticsQuery"/>.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<QueryIntent>))]
public enum QueryIntent
{
    /// <summary>Values as recorded.</summary>
    Query,

    /// <summary>Values expected in the future.</summary>
    Forecast,

    /// <summary>Days on which the values left their expected band.</summary>
    Anomaly,

    /// <summary>What to do, with its quantity.</summary>
    Recommendation,
}
