using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Calendars;

/// <summary>A named stretch of days that is known in advance.</summary>
/// <param name="Name">Same name = same effect: every Easter shares one coefficient.</param>
/// <param name="Kind"><see cref="CovariateKind.Holiday"/> or <see cref="CovariateKind.Promotion"/>.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, inclusive; not before <paramref name="From"/>.</param>
/// <param name="DaysBefore">Days before it that feel it (shopping ahead), each with an effect of its own; 0 … 14.</param>
/// <param name="DaysAfter">Days after it that feel it; 0 … 14.</param>
public sealed record CalendarEvent(string Name, CovariateKind Kind, DateOnly From, DateOnly To, int DaysBefore = 0, int DaysAfter = 0);
