namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>What a phrase does in a question. The comment gives the phrase's value, if it carries one.</summary>
internal enum SenseKind
{
    Unknown,
    Stop,

    /// <summary>Value: metric name.</summary>
    Metric,

    /// <summary>"sales": money, unless counted or averaged.</summary>
    Sales,

    /// <summary>"refunds", "returns": a count, unless valued or rated.</summary>
    Refunds,

    /// <summary>A verb that means a metric when nothing else names one. Value: metric name.</summary>
    Verb,

    /// <summary>"sell", "sold".</summary>
    Sell,

    /// <summary>Value: dimension name, or <c>date:day</c> for a step of time.</summary>
    Dimension,

    /// <summary>A live name, or one of a dimension's fixed values.</summary>
    Name,
    Time,
    Number,
    Percent,
    Money,

    /// <summary>Value: operator.</summary>
    Comparator,

    /// <summary>Value: top, bottom, best or worst.</summary>
    Rank,

    /// <summary>A superlative with its own metric. Value: metric:desc or metric:asc.</summary>
    RankBy,

    /// <summary>Value: count, amount, average, rate or share.</summary>
    Quantity,

    /// <summary>Value: by or each.</summary>
    By,

    /// <summary>Value: day, week, month …</summary>
    Grain,
    Trend,

    /// <summary>"vs", "compared with", "than".</summary>
    Versus,
    Compare,

    /// <summary>Value: year, previous, previous:month, week.</summary>
    CompareWith,

    /// <summary>Value: up, down or any.</summary>
    Growth,
    Exclude,
    Not,

    /// <summary>Value: what the idiom says of stock or sales.</summary>
    Idiom,

    /// <summary>Value: empty or reorder, staff, markdown.</summary>
    Recommend,
    Should,
    Anomaly,
    Forecast,
    Will,
    Which,
    Who,
    All,
    And,
    Or,
    Perform,

    /// <summary>Value: hours of a part of the day, "from-to" with the end excluded.</summary>
    Hours,

    /// <summary>Value: same, add, what, instead, only, drop.</summary>
    Follow,
    Pronoun,
    Why,
    WhatIf,

    /// <summary>A sign that the question is about something else.</summary>
    OffTopic,

    /// <summary>Personal data and secrets.</summary>
    Private,

    /// <summary>A verb that would change something.</summary>
    Write,
}
