using System.Numerics;

namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>Smooth losses by the network's answer, with their derivatives.</summary>
internal static class LstmLoss
{
    /// <summary>Width of the smooth bottom of the absolute error, on the logarithm: errors below 5 % count squared.</summary>
    private const double Width = 0.05;

    /// <summary>√(e² + w²) − w with e = answer − target: the absolute error without its kink.</summary>
    public static (T Loss, T Slope) Absolute<T>(T answer, T target)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var (error, width) = (answer - target, T.CreateChecked(Width));
        var root = T.Sqrt(error * error + width * width);
        return (root - width, error / root);
    }

    /// <summary>Poisson deviance up to a constant, with the answer as logarithm of (mean / unit).</summary>
    public static (T Loss, T Slope) Poisson<T>(T answer, T value, T unit)
        where T : IBinaryFloatingPointIeee754<T>
    {
        var mean = unit * T.Exp(T.Clamp(answer, T.CreateChecked(-6), T.CreateChecked(4)));
        return (mean - value * answer, mean - value);
    }
}
