namespace ChainSync.Analytics.Anomalies.Expecting;

/// <summary>On which scale the effects of a series add up.</summary>
internal enum ValueFamily
{
    /// <summary>Brisk and never negative: the logarithm.</summary>
    Brisk,

    /// <summary>Small whole numbers: logarithm of the mean of a negative binomial count.</summary>
    Count,

    /// <summary>Anything else: the values themselves in units of their own spread.</summary>
    Plain,
}
