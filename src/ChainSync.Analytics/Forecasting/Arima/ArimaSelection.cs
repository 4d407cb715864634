namespace ChainSync.Analytics.Forecasting.Arima;

/// <summary>
/// Automatic order in the manner of Hyndman and Khandakar (2008): differences by tests, then a stepwise search by corrected AIC. The
/// search looks at the newest values only; the winner is estimated on all of them by the caller.
/// </summary>
internal static class ArimaSelection
{
    private const int MostLags = 3;
    private const int SearchWindow = 400;
    private const int SearchIterations = 12;
    private const int MostModels = 24;

    public static ArimaOrder Select(double[] values, int season)
    {
        var recent = values[^Math.Min(values.Length, Math.Max(SearchWindow, 4 * season))..];
        var seasonal = season > 1 && recent.Length >= 3 * season;
        var seasonalD = seasonal && Stationarity.NeedsSeasonalDifference(recent, season) ? 1 : 0;
        var d = Stationarity.Differences(ArimaEstimator.Difference(recent, new ArimaOrder(0, 0, 0, 0, seasonalD, 0, season)), seasonalD == 1 ? 1 : 2);
        return Search(recent, d, seasonalD, season, seasonal);
    }

    private static ArimaOrder Search(double[] values, int d, int seasonalD, int season, bool seasonal)
    {
        var one = seasonal ? 1 : 0;
        var tried = new Dictionary<ArimaOrder, double>();
        ArimaOrder[] starts =
        [
            new(2, d, 2, one, seasonalD, one, season),
            new(0, d, 0, 0, seasonalD, 0, season),
            new(1, d, 0, one, seasonalD, 0, season),
            new(0, d, 1, 0, seasonalD, one, season),
        ];
        foreach (var order in starts)
            Try(order);
        var best = tried.MinBy(t => t.Value).Key;
        for (var improved = true; improved && tried.Count < MostModels;)
        {
            improved = false;
            foreach (var neighbour in Neighbours(best, seasonal))
            {
                if (tried.ContainsKey(neighbour) || tried.Count >= MostModels || !(Try(neighbour) < tried[best] - 1e-6))
                    continue;
                (best, improved) = (neighbour, true);
                break;
            }
        }
        return best;

        double Try(ArimaOrder order)
        {
            var aicc = ArimaEstimator.Fit(values, order, SearchIterations).Aicc;
            return tried[order] = double.IsNaN(aicc) ? double.PositiveInfinity : aicc;
        }
    }

    private static IEnumerable<ArimaOrder> Neighbours(ArimaOrder o, bool seasonal)
    {
        var most = o.Season > 12 ? 1 : 2;
        (int P, int Q, int SeasonalP, int SeasonalQ)[] moves =
        [
            (0, 0, -1, 0), (0, 0, 0, -1), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, -1, -1), (0, 0, 1, 1),
            (-1, 0, 0, 0), (0, -1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (-1, -1, 0, 0), (1, 1, 0, 0), (1, -1, 0, 0), (-1, 1, 0, 0),
        ];
        foreach (var m in moves)
        {
            if (!seasonal && (m.SeasonalP != 0 || m.SeasonalQ != 0))
                continue;
            var next = o with { P = o.P + m.P, Q = o.Q + m.Q, SeasonalP = o.SeasonalP + m.SeasonalP, SeasonalQ = o.SeasonalQ + m.SeasonalQ };
            if (InRange(next.P, MostLags) && InRange(next.Q, MostLags) && InRange(next.SeasonalP, most) && InRange(next.SeasonalQ, most))
                yield return next;
        }
    }

    private static bool InRange(int lags, int most) => lags >= 0 && lags <= most;
}
