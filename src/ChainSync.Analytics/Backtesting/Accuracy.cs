namespace ChainSync.Analytics.Backtesting;

/// <summary>
/// How good a set of replays was. Always of one level (store, department, product): errors of different levels say nothing together.
/// </summary>
/// <param name="Wape">Σ|error| / Σ|actual|; accuracy is 1 − WAPE. NaN when nothing was sold.</param>
/// <param name="Mase">Mean over replays of the mean absolute error in units of the in-sample seasonal naive error (Hyndman and Koehler 2006).</param>
/// <param name="Smape">Mean of 2|error| / (|actual| + |forecast|), 0 … 2; 0 where both are 0.</param>
/// <param name="Bias">Σ(forecast − actual) / Σ|actual|: above 0 is too much.</param>
/// <param name="TotalWape">WAPE of the sums over the horizon, what an order depends on.</param>
/// <param name="Coverage">Per interval level, the share of actual values inside.</param>
/// <param name="Points">Scored periods.</param>
public sealed record Accuracy(
    double Wape, double Mase, double Smape, double Bias, double TotalWape, IReadOnlyDictionary<double, double> Coverage, int Points)
{
    /// <summary>Scores replays up to a horizon.</summary>
    /// <param name="replays">Of one level.</param>
    /// <param name="tradedPeriods">Horizon in traded periods: closed ones and gaps do not count.</param>
    public static Accuracy Of(IEnumerable<Replay> replays, int tradedPeriods = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(replays);
        var tally = new Tally();
        foreach (var replay in replays)
            tally.Add(replay, tradedPeriods);
        return tally.Finish();
    }

    private sealed class Tally
    {
        private readonly Dictionary<double, int> _inside = [];
        private double _error, _actual, _signed, _symmetric, _scaled, _totalError;
        private int _points, _scaledReplays, _banded;

        public void Add(Replay replay, int tradedPeriods)
        {
            var (error, total, count) = (0.0, 0.0, 0);
            for (var h = 0; h < replay.Actual.Length && count < tradedPeriods; h++)
            {
                var (actual, predicted) = (replay.Actual[h], replay.Predicted[h]);
                if (double.IsNaN(actual))
                    continue;
                count++;
                error += Math.Abs(actual - predicted);
                total += predicted - actual;
                _actual += Math.Abs(actual);
                var size = Math.Abs(actual) + Math.Abs(predicted);
                _symmetric += size > 0 ? 2 * Math.Abs(actual - predicted) / size : 0;
                Cover(replay, h);
            }
            (_error, _signed, _totalError, _points) = (_error + error, _signed + total, _totalError + Math.Abs(total), _points + count);
            if (count > 0 && !double.IsNaN(replay.NaiveError))
                (_scaled, _scaledReplays) = (_scaled + error / count / replay.NaiveError, _scaledReplays + 1);
        }

        private void Cover(Replay replay, int h)
        {
            if (replay.Bands.Count > 0)
                _banded++;
            foreach (var band in replay.Bands)
                _inside[band.Level] = _inside.GetValueOrDefault(band.Level)
                    + (replay.Actual[h] >= band.Lower[h] && replay.Actual[h] <= band.Upper[h] ? 1 : 0);
        }

        public Accuracy Finish() => new(
            _error / _actual,
            _scaledReplays > 0 ? _scaled / _scaledReplays : double.NaN,
            _points > 0 ? _symmetric / _points : double.NaN,
            _signed / _actual,
            _totalError / _actual,
            _inside.ToDictionary(p => p.Key, p => (double)p.Value / _banded),
            _points);
    }
}
