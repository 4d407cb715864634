using ChainSync.Analytics.Anomalies;

namespace ChainSync.AnomaliesBench;

/// <summary>What an alert was.</summary>
internal enum Verdict
{
    Hit,
    Recovery,
    CalendarDay,
    False,
}

/// <summary>An alert with its verdict; a hit names its event.</summary>
internal sealed record JudgedAlert(LabelledSeries Series, Alert Alert, Verdict Verdict, bool TouchesCalendar, InjectedEvent? Event);

/// <summary>An event with the alert that found it, if any.</summary>
internal sealed record JudgedEvent(LabelledSeries Series, InjectedEvent Event, Alert? Alert);

/// <summary>
/// Alert against event, as the data's README states it: a hit overlaps an event by a day's tolerance; alerts that start within seven
/// days after an event are its recovery and not counted; no point is adjusted. Precision is over alerts, recall over events.
/// </summary>
internal sealed record EventScore(IReadOnlyList<JudgedAlert> Alerts, IReadOnlyList<JudgedEvent> Events)
{
    /// <summary>Alerts on calendar days left out, right and wrong alike.</summary>
    public double Precision => Ratio(Alerts.Count(a => a.Verdict == Verdict.Hit && !a.TouchesCalendar), Alerts.Count(a => a.Verdict is Verdict.Hit or Verdict.False && !a.TouchesCalendar));

    public double StrictPrecision => Ratio(Alerts.Count(a => a.Verdict == Verdict.Hit), Alerts.Count(a => a.Verdict != Verdict.Recovery));

    public double Recall => Ratio(Events.Count(e => e.Alert is not null), Events.Count);

    public double RecallFrom(double sigmas) => Ratio(Events.Count(e => e.Event.Sigmas >= sigmas && e.Alert is not null), Events.Count(e => e.Event.Sigmas >= sigmas));

    public int False => Alerts.Count(a => a.Verdict == Verdict.False);

    /// <summary>Rank correlation of severity with the size of the event, over the events found.</summary>
    public double SeveritySpearman =>
        Ranks.Spearman([.. Events.Where(e => e.Alert is not null).Select(e => (e.Alert!.Severity, e.Event.Sigmas))]);

    public EventScore Where(Func<LabelledSeries, bool> series) =>
        new([.. Alerts.Where(a => series(a.Series))], [.. Events.Where(e => series(e.Series))]);

    public static EventScore Of(IEnumerable<(LabelledSeries Series, IReadOnlyList<Alert> Alerts)> results, ShopCalendars calendars)
    {
        var (alerts, events) = (new List<JudgedAlert>(), new List<JudgedEvent>());
        foreach (var (series, found) in results)
        {
            var judged = found.Where(a => Last(a) >= series.TestFrom).Select(a => Judge(series, a, calendars)).ToList();
            alerts.AddRange(judged);
            events.AddRange(series.Events.Select(e => new JudgedEvent(series, e, found.Where(a => Hits(a, e)).MaxBy(a => a.Severity))));
        }
        return new EventScore(alerts, events);
    }

    private static JudgedAlert Judge(LabelledSeries series, Alert alert, ShopCalendars calendars)
    {
        var (first, last) = (First(alert), Last(alert));
        var touches = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Any(d => calendars.IsEventDay(series, first.AddDays(d)));
        var hit = series.Events.FirstOrDefault(e => Hits(alert, e));
        var recovery = series.Events.Any(e => first > e.End && first <= e.End.AddDays(7));
        return new JudgedAlert(series, alert, hit is not null ? Verdict.Hit : recovery ? Verdict.Recovery : touches ? Verdict.CalendarDay : Verdict.False, touches, hit);
    }

    private static bool Hits(Alert alert, InjectedEvent e) => First(alert) <= e.End.AddDays(1) && Last(alert) >= e.Start.AddDays(-1);

    private static DateOnly First(Alert alert) => DateOnly.FromDateTime(alert.Raised);

    private static DateOnly Last(Alert alert) => DateOnly.FromDateTime(alert.Through);

    private static double Ratio(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;
}
