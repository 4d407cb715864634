using ChainSync.Analytics.Forecasting;

namespace ChainSync.Analytics.Insights.Staffing;

/// <summary>Customers expected and people planned, hour by hour.</summary>
/// <param name="Expected">Transactions per hour from today on, hourly, with bands.</param>
/// <param name="People">People planned in each hour of the forecast; ≥ 0. As long as the forecast or shorter; hours past its end are not judged.</param>
/// <param name="PerPersonHour">Transactions one person serves in an hour; &gt; 0.</param>
/// <param name="WageMinor">Cost of one hour of one person, minor units; ≥ 0.</param>
/// <param name="WorthMinor">Margin of one transaction, minor units; ≥ 0.</param>
/// <param name="Least">Least people while open; ≥ 0.</param>
public sealed record StaffingPlan(
    Forecast Expected, IReadOnlyList<double> People, double PerPersonHour, double WageMinor, double WorthMinor, int Least = 1);
