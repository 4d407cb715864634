using System.ComponentModel.DataAnnotations;

namespace ChainSync.Analytics.Questions;

/// <summary>Whether and how a language model helps with questions the parser does not understand.</summary>
public sealed record LanguageModelOptions
{
    /// <summary>Whether a model is asked at all; default false, and then no question ever leaves the host.</summary>
    public bool Enabled { get; init; }

    /// <summary>How long one answer may take before the parser's own outcome stands; default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest answer asked for, in tokens of the model; default 600.</summary>
    [Range(50, 10_000)]
    public int MaxOutputTokens { get; init; } = 600;
}
