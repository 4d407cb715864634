namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>The kind of a component of an exponential smoothing model.</summary>
internal enum EtsPart
{
    None,
    Additive,
    Multiplicative,
}

/// <summary>Form of the model: ETS(error, damped trend or none, season) in the taxonomy of Hyndman et al. (2008).</summary>
/// <param name="Error">Additive or multiplicative.</param>
/// <param name="Trend">Additive or none.</param>
/// <param name="Damped">The trend fades.</param>
/// <param name="Season">Any.</param>
internal sealed record EtsForm(EtsPart Error, EtsPart Trend, bool Damped, EtsPart Season)
{
    /// <summary>Estimated smoothing parameters: level, trend, season, damping.</summary>
    public int ParameterCount => 1 + (Trend == EtsPart.None ? 0 : 1) + (Season == EtsPart.None ? 0 : 1) + (Damped ? 1 : 0);

    public override string ToString() =>
        $"ETS({Letter(Error)},{(Trend == EtsPart.None ? "N" : Damped ? "Ad" : "A")},{Letter(Season)})";

    private static char Letter(EtsPart part) => part switch { EtsPart.None => 'N', EtsPart.Additive => 'A', _ => 'M' };
}

/// <summary>
/// Level, trend and season of an innovations state space model, stepped through a series. A missing value moves time on without
/// teaching anything. Season values are a ring: <see cref="_phase"/> points at the coming period's.
/// </summary>
internal ref struct EtsState(EtsForm form, double alpha, double beta, double gamma, double phi, double level, double trend, Span<double> season)
{
    private readonly Span<double> _season = season;
    private readonly double _damping = form.Trend == EtsPart.None ? 0 : phi;
    private double _level = level;
    private double _trend = form.Trend == EtsPart.None ? 0 : trend;
    private int _phase;

    /// <summary>Expected value of the coming period.</summary>
    public readonly double Expected => Combine(_level + _damping * _trend);

    private readonly double Combine(double @base) => form.Season switch
    {
        EtsPart.None => @base,
        EtsPart.Additive => @base + _season[_phase],
        _ => @base * _season[_phase],
    };

    /// <summary>Takes in one value (NaN: none) and moves to the next period.</summary>
    public void Step(double value)
    {
        var @base = _level + _damping * _trend;
        var slope = _damping * _trend;
        if (double.IsNaN(value))
            (_level, _trend) = (@base, slope);
        else
            Learn(value, @base, slope);
        if (form.Season != EtsPart.None && ++_phase == _season.Length)
            _phase = 0;
    }

    private void Learn(double value, double @base, double slope)
    {
        var error = value - Combine(@base);
        if (form.Season == EtsPart.Multiplicative)
        {
            var factor = Math.Max(Math.Abs(_season[_phase]), 1e-8);
            _level = @base + alpha * error / factor;
            _trend = slope + beta * error / factor;
            _season[_phase] += gamma * error / Math.Max(Math.Abs(@base), 1e-8);
        }
        else
        {
            _level = @base + alpha * error;
            _trend = slope + beta * error;
            if (form.Season == EtsPart.Additive)
                _season[_phase] += gamma * error;
        }
    }
}
