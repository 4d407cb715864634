namespace ChainSync.Analytics.Anomalies;

/// <summary>What went wrong.</summary>
public enum AnomalyKind
{
    /// <summary>A period far above its band.</summary>
    Spike,

    /// <summary>A period far below its band, but not at zero.</summary>
    Drop,

    /// <summary>Nothing sold although selling nothing for so long is improbable, and goods were there (or stock is not known).</summary>
    Outage,

    /// <summary>Nothing sold because nothing was on the shelf: stock was zero.</summary>
    NoGoods,

    /// <summary>A week or more clearly above what was usual before it.</summary>
    LevelUp,

    /// <summary>A week or more clearly below what was usual before it.</summary>
    LevelDown,

    /// <summary>An open period without a value: the feed is silent.</summary>
    Missing,

    /// <summary>A period reported twice.</summary>
    Duplicate,
}
