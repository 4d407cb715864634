namespace ChainSync.Analytics.Insights;

/// <summary>The four families in which insights are listed.</summary>
public enum InsightCategory
{
    /// <summary>About what will happen.</summary>
    Forecast,

    /// <summary>About what is out of line.</summary>
    Anomaly,

    /// <summary>About what to do.</summary>
    Recommendation,

    /// <summary>About what has changed.</summary>
    Trend,
}
