namespace ChainSync.Analytics.Series;

/// <summary>The length of one period of a regular series.</summary>
public enum Grain
{
    /// <summary>One value per hour; the natural season is 24 (day), the long one 168 (week).</summary>
    Hourly,

    /// <summary>One value per calendar day; the natural season is 7 (week), the long one 365.25 (year).</summary>
    Daily,

    /// <summary>One value per week; the natural season is 52.18 (year), too long for the short models, which use none.</summary>
    Weekly,
}
