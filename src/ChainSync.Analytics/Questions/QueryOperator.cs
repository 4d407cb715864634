using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>How a field is compared with its value or values.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<QueryOperator>))]
public enum QueryOperator
{
    /// <summary>Equal to the one value.</summary>
    Eq,

    /// <summary>Different from the one value.</summary>
    Ne,

    /// <summary>Equal to one of several values.</summary>
    In,

    /// <summary>Different from all of several values.</summary>
    NotIn,

    /// <summary>Less than the value.</summary>
    Lt,

    /// <summary>Less than or equal to the value.</summary>
    Lte,

    /// <summary>Greater than the value.</summary>
    Gt,

    /// <summary>Greater than or equal to the value.</summary>
    Gte,
}
