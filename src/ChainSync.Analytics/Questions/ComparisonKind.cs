using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>How the compared range follows from the asked one.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ComparisonKind>))]
public enum ComparisonKind
{
    /// <summary>The period just before; for a range that runs to today, the same number of days of the preceding period.</summary>
    PreviousPeriod,

    /// <summary>The same days one year earlier.</summary>
    SamePeriodLastYear,

    /// <summary>Any other range, as asked.</summary>
    Range,
}
