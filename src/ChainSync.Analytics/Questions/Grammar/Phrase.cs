using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>Neighbouring tokens with one meaning.</summary>
internal sealed record Phrase(int Start, int Length, SenseKind Kind, string Value = "")
{
    /// <summary>How surely the tokens mean this; sums decide between ways to cut a question into phrases.</summary>
    public double Score { get; init; }

    /// <summary>The stretch of time, for <see cref="SenseKind.Time"/>.</summary>
    public Period? Period { get; init; }

    /// <summary>The names it may mean, equally likely, for <see cref="SenseKind.Name"/>.</summary>
    public IReadOnlyList<ShopName> Names { get; init; } = [];

    /// <summary>The number, for numbers and clock times.</summary>
    public double Number { get; init; }

    /// <summary>True when all of <see cref="Names"/> are meant ("weekends"), and not one of them.</summary>
    public bool Together { get; init; }

    public bool IsPlural { get; init; }

    public int End => Start + Length;

    public bool IsNumber => Kind is SenseKind.Number or SenseKind.Percent or SenseKind.Money;

    public bool IsMetric => Kind is SenseKind.Metric or SenseKind.Sales or SenseKind.Refunds;

    public bool IsRank => Kind is SenseKind.Rank or SenseKind.RankBy;

    public bool Is(SenseKind kind, string value) => Kind == kind && Value == value;
}
