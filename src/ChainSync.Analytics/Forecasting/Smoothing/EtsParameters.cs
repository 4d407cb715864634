namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>An estimated exponential smoothing model: form, smoothing parameters, states before the first value.</summary>
internal sealed class EtsParameters
{
    public required EtsForm Form { get; init; }

    /// <summary>Weight of the newest error in the level, (0, 1).</summary>
    public required double Alpha { get; init; }

    /// <summary>… in the trend, (0, alpha).</summary>
    public required double Beta { get; init; }

    /// <summary>… in the season, (0, 1 − alpha).</summary>
    public required double Gamma { get; init; }

    /// <summary>Damping of the trend per period, 0.8 … 0.98; 1 when not damped.</summary>
    public required double Phi { get; init; }

    public required double Level { get; init; }

    public required double Trend { get; init; }

    /// <summary>Season values before the first period, empty when the form has none.</summary>
    public required double[] Season { get; init; }

    /// <summary>−2 log likelihood up to the constant R's <c>ets</c> leaves out too: n log Σe² (+ 2 Σ log|μ|).</summary>
    public double Deviance { get; init; }

    /// <summary>Corrected Akaike criterion; lower is better.</summary>
    public double Aicc { get; init; }

    /// <summary>Runs through the values and answers the expected values of the periods after them.</summary>
    public double[] Forecast(ReadOnlySpan<double> values, int horizon)
    {
        var state = new EtsState(Form, Alpha, Beta, Gamma, Phi, Level, Trend, [.. Season]);
        foreach (var value in values)
            state.Step(value);
        var forecast = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            forecast[h] = state.Expected;
            state.Step(double.NaN);
        }
        return forecast;
    }

    /// <summary>n log Σe² for additive errors; n log Σ(e/μ)² + 2 Σ log|μ| for multiplicative ones; +∞ when the model breaks down.</summary>
    internal double Likelihood(ReadOnlySpan<double> values, Span<double> season)
    {
        Season.CopyTo(season);
        var state = new EtsState(Form, Alpha, Beta, Gamma, Phi, Level, Trend, season);
        var (squares, logs, count) = (0.0, 0.0, 0);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
            {
                var expected = state.Expected;
                var error = value - expected;
                if (Form.Error == EtsPart.Multiplicative)
                {
                    if (expected <= 0)
                        return double.PositiveInfinity;
                    error /= expected;
                    logs += Math.Log(expected);
                }
                squares += error * error;
                count++;
            }
            state.Step(value);
        }
        var deviance = count * Math.Log(squares + 1e-300) + 2 * logs;
        return double.IsNaN(deviance) ? double.PositiveInfinity : deviance;
    }
}
