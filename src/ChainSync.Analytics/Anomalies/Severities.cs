namespace ChainSync.Analytics.Anomalies;

/// <summary>How much an alert matters, 0 … 100: rising with how far the figures are from what was expected and with what that costs.</summary>
internal static class Severities
{
    /// <summary>Distance at which an alert without cost is half as severe as can be.</summary>
    private const double HalfDistance = 8;

    /// <summary>Periods of usual trade whose loss alone makes half of the severity, when no money is stated.</summary>
    private const double HalfTrade = 200;

    /// <summary>Neither part can lower it: 100 · (d + c) / (1 + d + c), each part 1 where it alone makes half.</summary>
    public static double Of(in Figures figures, double materialMoney)
    {
        var far = figures.Distance / figures.Periods / HalfDistance;
        var cost = double.IsNaN(materialMoney) || double.IsNaN(figures.Money) ? figures.Trade / HalfTrade : figures.Money / materialMoney;
        return 100 - 100 / (1 + far + cost);
    }
}
