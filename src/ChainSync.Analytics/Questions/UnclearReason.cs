using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>Why a question is asked back.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<UnclearReason>))]
public enum UnclearReason
{
    /// <summary>It does not say which number is wanted.</summary>
    MissingMetric,

    /// <summary>A name fits several things of the shop.</summary>
    AmbiguousName,

    /// <summary>A name fits nothing of the shop.</summary>
    UnknownName,

    /// <summary>It asks why, which numbers alone do not answer.</summary>
    Cause,

    /// <summary>Its parts do not go together, such as a margin forecast.</summary>
    Unsupported,
}
