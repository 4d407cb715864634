namespace ChainSync.Analytics.Forecasting.Smoothing;

/// <summary>Maps the free numbers of a form to a vector for the minimiser and back; out of bounds reads as null.</summary>
internal sealed class EtsLayout(EtsForm form, EtsParameters first, bool withStates)
{
    private bool HasTrend => form.Trend != EtsPart.None;

    private bool HasSeason => form.Season != EtsPart.None;

    private int Width => form.ParameterCount + (withStates ? 1 + (HasTrend ? 1 : 0) + Math.Max(0, first.Season.Length - 1) : 0);

    /// <summary>Calls of the likelihood that are worth their time.</summary>
    public int Budget => withStates ? 400 + 250 * Width : 160;

    /// <summary>R's first guesses: alpha small for long seasons, the rest smaller still.</summary>
    public double[] Start(int count)
    {
        var start = new List<double> { count > 300 ? 0.12 : 0.4 };
        if (HasTrend)
            start.Add(0.02);
        if (HasSeason)
            start.Add(0.05);
        if (form.Damped)
            start.Add(0.95);
        if (withStates)
        {
            start.Add(1);
            if (HasTrend)
                start.Add(0);
            for (var i = 1; i < first.Season.Length; i++)
                start.Add(0);
        }
        return [.. start];
    }

    public double[] Steps()
    {
        var steps = Enumerable.Repeat(0.05, Width).ToArray();
        if (form.Damped)
            steps[form.ParameterCount - 1] = -0.05;
        return steps;
    }

    public EtsParameters? Read(ReadOnlySpan<double> x)
    {
        var i = 0;
        var alpha = x[i++];
        var beta = HasTrend ? x[i++] : 0;
        var gamma = HasSeason ? x[i++] : 0;
        var phi = form.Damped ? x[i++] : 1;
        if (alpha is <= 1e-4 or >= 0.9999 || (HasTrend && (beta <= 0 || beta >= alpha)) || (HasSeason && (gamma < 0 || gamma >= 1 - alpha)) || (form.Damped && phi is < 0.8 or > 0.98))
            return null;
        var (level, trend, season) = (first.Level, first.Trend, first.Season);
        if (withStates)
            (level, trend, season) = States(x[i..]);
        return new EtsParameters { Form = form, Alpha = alpha, Beta = beta, Gamma = gamma, Phi = phi, Level = level, Trend = trend, Season = season };
    }

    /// <summary>States are moved relative to the first guess so that unit steps suit every series; the season stays centred.</summary>
    private (double Level, double Trend, double[] Season) States(ReadOnlySpan<double> x)
    {
        var i = 0;
        var unit = Math.Max(Math.Abs(first.Level), 1e-6);
        var level = first.Level + (x[i++] - 1) * unit;
        var trend = HasTrend ? first.Trend + x[i++] * unit * 0.1 : 0;
        var season = (double[])first.Season.Clone();
        var scale = form.Season == EtsPart.Multiplicative ? 1 : unit;
        for (var j = 1; j < season.Length; j++)
        {
            var shift = x[i++] * scale;
            season[j] += shift;
            season[0] -= shift;
        }
        return (level, trend, season);
    }
}
