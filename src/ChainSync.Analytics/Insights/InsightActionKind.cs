namespace ChainSync.Analytics.Insights;

/// <summary>What to do about an insight.</summary>
public enum InsightActionKind
{
    /// <summary>Order <see cref="InsightAction.Quantity"/> of the product.</summary>
    Order,

    /// <summary>Bring <see cref="InsightAction.Quantity"/> of the product in faster than the usual delivery, or move it from another store.</summary>
    Expedite,

    /// <summary>Sell off <see cref="InsightAction.Quantity"/> of the product.</summary>
    ClearOut,

    /// <summary>Find the cause of the change that began at <see cref="InsightAction.From"/>.</summary>
    Investigate,

    /// <summary>Move people and deliveries to the weekday of <see cref="InsightAction.From"/> or away from it.</summary>
    ReplanWeek,

    /// <summary>Run the promotion again.</summary>
    RepeatPromotion,

    /// <summary>End the promotion.</summary>
    StopPromotion,

    /// <summary>Check the price; <see cref="InsightAction.PriceMinor"/> is what it would be in line.</summary>
    CheckPrice,

    /// <summary>Go back to <see cref="InsightAction.PriceMinor"/>.</summary>
    RestorePrice,

    /// <summary>Show the product next to <see cref="InsightAction.WithId"/>.</summary>
    PlaceTogether,

    /// <summary>Plan <see cref="InsightAction.Quantity"/> people more from <see cref="InsightAction.From"/> to <see cref="InsightAction.To"/>.</summary>
    AddStaff,

    /// <summary>Plan <see cref="InsightAction.Quantity"/> people fewer from <see cref="InsightAction.From"/> to <see cref="InsightAction.To"/>.</summary>
    ReduceStaff,
}
