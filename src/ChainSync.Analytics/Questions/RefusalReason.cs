using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Questions;

/// <summary>Why a question is refused.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RefusalReason>))]
public enum RefusalReason
{
    /// <summary>It is not about the shop's numbers.</summary>
    OutOfScope,

    /// <summary>It would change something; questions only read.</summary>
    Write,

    /// <summary>It asks for personal data, secrets or raw tables.</summary>
    Private,

    /// <summary>It asks what would happen after a change; nothing here models that.</summary>
    WhatIf,

    /// <summary>It is empty or longer than <see cref="QuestionOptions.MaxLength"/>.</summary>
    Length,
}
