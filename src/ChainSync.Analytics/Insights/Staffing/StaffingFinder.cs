using ChainSync.Analytics.Forecasting;

namespace ChainSync.Analytics.Insights.Staffing;

/// <summary>
/// Stretches of hours with too few people for the expected customers, or more than a busy hour needs. A busy hour is the upper end of the
/// forecast's band; people are whole.
/// </summary>
internal sealed class StaffingFinder : IInsightFinder
{
    public IEnumerable<Finding> Find(InsightInput input, InsightOptions options, CancellationToken cancellationToken)
    {
        if (input.Staffing is not { } plan || Band(plan.Expected, options.BandLevel) is not { } band)
            yield break;
        for (var from = 0; from < plan.People.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var side = Side(plan, band, from);
            var to = from + 1;
            while (to < plan.People.Count && Side(plan, band, to) == side && plan.Expected.Start.AddHours(to).Date == plan.Expected.Start.AddHours(from).Date)
                to++;
            if (side != 0)
                yield return Describe(plan, band, from, to, side, input);
            from = to;
        }
    }

    /// <summary>The band nearest the level wanted.</summary>
    private static IntervalBand? Band(Forecast expected, double level) => expected.Bands.MinBy(b => Math.Abs(b.Level - level));

    /// <summary>−1 when even the expected customers need more people than planned, 1 when a busy hour needs fewer, else 0.</summary>
    private static int Side(StaffingPlan plan, IntervalBand band, int hour) =>
        plan.People[hour] < Needed(plan, plan.Expected.Mean[hour]) ? -1 : plan.People[hour] > Needed(plan, band.Upper[hour]) ? 1 : 0;

    /// <summary>Whole people who serve so many transactions in an hour; nobody when none are expected, else at least the least.</summary>
    private static double Needed(StaffingPlan plan, double transactions) =>
        transactions <= 0 ? 0 : Math.Max(plan.Least, Math.Ceiling(transactions / plan.PerPersonHour));

    private static Finding Describe(StaffingPlan plan, IntervalBand band, int from, int to, int side, InsightInput input)
    {
        var (planned, needed, expected, unserved, spread, most) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var hour = from; hour < to; hour++)
        {
            var need = Needed(plan, band.Upper[hour]);
            planned += plan.People[hour];
            needed += need;
            expected += plan.Expected.Mean[hour];
            unserved += Math.Max(0, plan.Expected.Mean[hour] - plan.People[hour] * plan.PerPersonHour);
            spread += Math.Max(band.Upper[hour] - plan.Expected.Mean[hour], 1e-9) / plan.PerPersonHour;
            most = Math.Max(most, Math.Abs(need - plan.People[hour]));
        }
        var (start, end) = (plan.Expected.Start.AddHours(from), plan.Expected.Start.AddHours(to));
        var tooFew = side < 0;
        var stake = tooFew ? unserved * plan.WorthMinor : (planned - needed) * plan.WageMinor;
        var evidence = new Evidence(
            tooFew ? "under-staffed" : "over-staffed",
            DateOnly.FromDateTime(start),
            DateOnly.FromDateTime(start),
            Evidence.Numbers(
                ("fromHour", start.Hour),
                ("hours", to - from),
                ("perPersonHour", plan.PerPersonHour),
                ("wageMinor", plan.WageMinor),
                ("worthMinor", plan.WorthMinor),
                ("bandLevel", band.Level)),
            Evidence.Numbers(
                ("expectedTransactions", expected),
                ("plannedHours", planned),
                ("neededHours", needed),
                ("people", most),
                ("unserved", unserved),
                ("stakeMinor", stake)));
        var kind = tooFew ? InsightKind.UnderStaffed : InsightKind.OverStaffed;
        var action = new InsightAction(tooFew ? InsightActionKind.AddStaff : InsightActionKind.ReduceStaff, input.StoreId) { Quantity = most, From = start, To = end };
        return new Finding(kind, $"{input.StoreId}@{start:yyyy-MM-ddTHH}", evidence, action)
        {
            SubjectName = $"{start:ddd d MMM}, {start:HH}:00 to {end:HH}:00",
            StakeMinor = stake,
            StakeDays = 1,
            Sigmas = Math.Abs(needed - planned) / spread,
        };
    }
}
