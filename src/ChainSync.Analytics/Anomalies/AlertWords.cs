using System.Globalization;

namespace ChainSync.Analytics.Anomalies;

/// <summary>Turns the running sums of an alert into what a person reads.</summary>
internal static class AlertWords
{
    public static Alert Describe(OpenAlert open, string id, Func<int, DateTime> timeAt)
    {
        var figures = open.Figures;
        double n = figures.Periods;
        var alert = new Alert
        {
            SeriesId = id,
            Number = open.Number,
            Kind = open.Kind,
            Since = timeAt(open.Since),
            Raised = timeAt(open.Raised),
            Through = timeAt(open.Through),
            Periods = figures.Periods,
            Expected = figures.Expected / n,
            Seen = figures.Seen / n,
            Lower = figures.Lower / n,
            Upper = figures.Upper / n,
            Sigmas = open.Sigmas,
            Distance = figures.Distance / n,
            MoneyAtStake = figures.Money,
            Severity = open.Severity,
            Explanation = "",
        };
        return alert with { Explanation = Explain(alert) };
    }

    private static string Explain(Alert alert)
    {
        var when = alert.Since == alert.Through ? $"On {Date(alert.Since)}" : $"From {Date(alert.Since)} to {Date(alert.Through)}";
        var against = $"{Number(alert.Seen)} against {Number(alert.Expected)} expected ({Number(alert.Lower)} to {Number(alert.Upper)})";
        var what = alert.Kind switch
        {
            AnomalyKind.Missing => $"no figures arrived; {Number(alert.Expected)} a period was expected",
            AnomalyKind.Duplicate => $"the period was reported twice, the second time with {Number(alert.Seen)}; {Number(alert.Expected)} was expected",
            AnomalyKind.NoGoods => $"nothing was sold because nothing was in stock; {Number(alert.Expected)} a period was expected",
            AnomalyKind.Outage => $"nothing, or next to nothing, was sold: {against}",
            AnomalyKind.LevelUp => $"a higher level: {against} a period",
            AnomalyKind.LevelDown => $"a lower level: {against} a period",
            AnomalyKind.Spike => $"a spike: {against}",
            _ => $"a drop: {against}",
        };
        var money = double.IsNaN(alert.MoneyAtStake) ? "" : $" About {Number(alert.MoneyAtStake)} of money is at stake.";
        return $"{when}, {what}.{money}";
    }

    private static string Date(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "d MMMM yyyy" : "d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 20 ? "#,0" : "0.#", CultureInfo.InvariantCulture);
}
