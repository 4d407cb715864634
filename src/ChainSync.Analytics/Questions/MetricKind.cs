namespace ChainSync.Analytics.Questions;

/// <summary>How a metric relates to time, and with it which intents may use it.</summary>
public enum MetricKind
{
    /// <summary>Summed or averaged over the asked days; may be compared, and searched for anomalies.</summary>
    Flow,

    /// <summary>A state as of now, such as stock; may be searched for anomalies.</summary>
    Snapshot,

    /// <summary>A forecast of a flow.</summary>
    Forecast,

    /// <summary>A recommended quantity.</summary>
    Recommendation,
}
