namespace ChainSync.Core.Imports;

/// <summary>A shop's local time as an instant.</summary>
public static class LocalTime
{
    /// <summary>
    /// The instant of a local time. One that the clocks skipped in spring counts as if they had not been moved yet, an hour later by
    /// the new time; one that came twice in autumn is the later, standard one.
    /// </summary>
    /// <param name="local">Wall clock, kind unspecified.</param>
    /// <param name="zone">The shop's zone.</param>
    public static (DateTimeOffset Instant, bool Skipped) ToInstant(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var skipped = zone.IsInvalidTime(local);
        var offset = skipped ? zone.GetUtcOffset(local.AddHours(-3)) : zone.GetUtcOffset(local);
        return (new DateTimeOffset(local, offset).ToUniversalTime(), skipped);
    }
}
