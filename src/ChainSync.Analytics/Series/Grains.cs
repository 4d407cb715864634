namespace ChainSync.Analytics.Series;

/// <summary>Arithmetic on periods.</summary>
public static class Grains
{
    /// <summary>Length of one period.</summary>
    public static TimeSpan Step(this Grain grain) => grain switch
    {
        Grain.Hourly => TimeSpan.FromHours(1),
        Grain.Daily => TimeSpan.FromDays(1),
        Grain.Weekly => TimeSpan.FromDays(7),
        _ => throw new ArgumentOutOfRangeException(nameof(grain)),
    };

    /// <summary>Periods in the short season that seasonal models use: 24, 7 or 1 (none).</summary>
    public static int Season(this Grain grain) => grain switch
    {
        Grain.Hourly => 24,
        Grain.Daily => 7,
        Grain.Weekly => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(grain)),
    };

    /// <summary>Periods in a mean year of 365.25 days.</summary>
    public static double PeriodsPerYear(this Grain grain) => TimeSpan.FromDays(365.25) / grain.Step();
}
