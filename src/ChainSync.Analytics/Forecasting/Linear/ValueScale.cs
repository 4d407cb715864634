using ChainSync.Analytics.Numerics;

namespace ChainSync.Analytics.Forecasting.Linear;

/// <summary>The scale on which effects add up: the logarithm for brisk series (a promotion multiplies), the values themselves else.</summary>
internal static class ValueScale
{
    public static bool IsLog(ReadOnlySpan<double> observed)
    {
        var lowest = double.PositiveInfinity;
        foreach (var value in observed)
            if (value < lowest)
                lowest = value;
        return lowest >= 0 && Statistics.Mean(observed) >= SlowDemand.Limit;
    }

    public static void Apply(Span<double> values, bool log)
    {
        if (log)
            for (var i = 0; i < values.Length; i++)
                values[i] = Math.Log(Math.Max(values[i], 0) + 1);
    }

    public static double Invert(double value, bool log) => log ? Math.Exp(value) - 1 : value;
}
