using ChainSync.Analytics.Questions.Grammar;
using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>What a question states, before defaults: an empty slot was not mentioned.</summary>
internal sealed class QuestionSlots
{
    public QueryIntent Intent { get; set; }

    public List<string> Metrics { get; private init; } = [];

    public List<string> Dimensions { get; private init; } = [];

    public List<QueryFilter> Filters { get; private init; } = [];

    public List<QueryHaving> Having { get; private init; } = [];

    /// <summary>The day the question is asked on.</summary>
    public DateOnly Today { get; init; }

    public Period? Time { get; set; }

    public Period? CompareTo { get; set; }

    /// <summary>year, previous, previous:month … or week: how the compared range follows from the asked one.</summary>
    public string? CompareWith { get; set; }

    public TimeGrain? Grain { get; set; }

    /// <summary>True when growth is asked for, and so a comparison.</summary>
    public bool Grows { get; set; }

    /// <summary>True when a forecast is wanted day by day, not as one total.</summary>
    public bool Series { get; set; }

    /// <summary>True when the question speaks of money, so that a product is not forecast in units.</summary>
    public bool MoneyMeant { get; set; }

    /// <summary>True when the rows are ranked by growth.</summary>
    public bool RankByGrowth { get; set; }

    /// <summary>top, bottom, best or worst.</summary>
    public string? Rank { get; set; }

    public int? Limit { get; set; }

    public string? Per { get; set; }

    /// <summary>True when the limit is a default, not stated.</summary>
    public bool LimitAssumed { get; set; }

    /// <summary>True when the metric follows from a verb or from nothing at all.</summary>
    public bool MetricAssumed { get; set; }

    /// <summary>"add", "only", "what" …: how the question changes the last one; null when it stands alone.</summary>
    public string? Follow { get; set; }

    /// <summary>Dimensions whose filter is lifted: "all stores".</summary>
    public List<string> Unfiltered { get; private init; } = [];

    /// <summary>Names that fit several things.</summary>
    public List<Phrase> Ambiguous { get; private init; } = [];

    public List<string> Assumptions { get; private init; } = [];

    /// <summary>Other metrics the same words could mean.</summary>
    public List<string> OtherMetrics { get; private init; } = [];

    public void AddMetric(string metric)
    {
        if (!Metrics.Contains(metric))
            Metrics.Add(metric);
    }

    /// <summary>A copy to complete in another way; the original stays as read.</summary>
    public QuestionSlots Copy()
    {
        return new()
        {
            Today = Today,
            Metrics = [.. Metrics],
            Dimensions = [.. Dimensions],
            Filters = [.. Filters],
            Having = [.. Having],
            Intent = Intent,
            Time = Time,
            CompareTo = CompareTo,
            CompareWith = CompareWith,
            Grain = Grain,
            Grows = Grows,
            Series = Series,
            MoneyMeant = MoneyMeant,
            RankByGrowth = RankByGrowth,
            Rank = Rank,
            Limit = Limit,
            Per = Per,
            LimitAssumed = LimitAssumed,
        };
    }
}
