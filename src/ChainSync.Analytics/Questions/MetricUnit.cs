namespace ChainSync.Analytics.Questions;

/// <summary>Unit in which a metric is stated and compared.</summary>
public enum MetricUnit
{
    /// <summary>Major units of the shop's currency.</summary>
    Money,

    /// <summary>A number of things.</summary>
    Count,

    /// <summary>Per cent; 10 is 10 %.</summary>
    Percent,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Hours.</summary>
    Hours,
}
