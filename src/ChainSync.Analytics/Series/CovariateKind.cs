namespace ChainSync.Analytics.Series;

/// <summary>What a known-in-advance column is, so that a model can treat it suitably.</summary>
public enum CovariateKind
{
    /// <summary>A rare named day (holiday, season opening) or one of its neighbours, 0 or 1.</summary>
    Holiday,

    /// <summary>A recurring state that is planned (promotion, pay days, school holidays), 0 or 1 or a strength.</summary>
    Promotion,

    /// <summary>A price; only its ratio to the usual price matters.</summary>
    Price,

    /// <summary>Any other number known in advance (weather forecast, opening hours).</summary>
    Number,
}
