namespace ChainSync.Realtime.Client;

/// <summary>How many of a channel's events a subscription wants.</summary>
public enum RealtimeMode
{
    /// <summary>Every event.</summary>
    All,

    /// <summary>Of events that have a key (the stock level of a product) the newest will do; events without a key all come.</summary>
    Latest,
}
