namespace ChainSync.Analytics.Insights;

/// <summary>What an insight claims.</summary>
public enum InsightKind
{
    /// <summary>Stock and goods on order no longer cover the demand until the delivery after next.</summary>
    Reorder,

    /// <summary>The shelf will be empty before an order placed today can arrive.</summary>
    StockOut,

    /// <summary>Goods on hand, and nothing sold for a long time.</summary>
    DeadStock,

    /// <summary>Goods on hand for far longer than they should lie.</summary>
    SlowStock,

    /// <summary>The level of sales changed and stayed changed.</summary>
    TrendChange,

    /// <summary>The share of a weekday in the week's sales changed.</summary>
    SeasonChange,

    /// <summary>What a promotion brought, in units and margin.</summary>
    PromotionEffect,

    /// <summary>A price far outside the product's own past prices.</summary>
    PriceOutOfLine,

    /// <summary>A price far from that of the other stores.</summary>
    PriceBetweenStores,

    /// <summary>Sold for less than it costs.</summary>
    SoldBelowCost,

    /// <summary>A price change whose effect on the units sold cost more margin than it brought.</summary>
    PriceChangeLoss,

    /// <summary>Two products that are bought together more often than chance explains.</summary>
    BasketPair,

    /// <summary>Hours with fewer people planned than the expected customers need.</summary>
    UnderStaffed,

    /// <summary>Hours with more people planned than even a busy hour needs.</summary>
    OverStaffed,
}
