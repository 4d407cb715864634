using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>Length of one step of a series.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TimeGrain>))]
public enum TimeGrain
{
    /// <summary>One hour of one day.</summary>
    Hour,

    /// <summary>One calendar day.</summary>
    Day,

    /// <summary>One calendar week, from the option's first day of the week.</summary>
    Week,

    /// <summary>One calendar month.</summary>
    Month,

    /// <summary>One calendar quarter.</summary>
    Quarter,

    /// <summary>One calendar year.</summary>
    Year,
}
