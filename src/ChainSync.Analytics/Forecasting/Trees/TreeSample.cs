using ChainSync.Analytics.Forecasting.Panels;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>Training rows: past origins and steps ahead whose outcome is known.</summary>
internal sealed class TreeSample
{
    /// <summary>Keeps the logarithm of a zero finite.</summary>
    private const float Offset = 0.02f;

    private readonly List<float> _values = [];
    private readonly List<float> _units = [];

    private TreeSample(int width, int capacity) => (Width, Features) = (width, new float[capacity * width]);

    public int Width { get; }

    public int Count => _values.Count;

    /// <summary>Row-major features.</summary>
    public float[] Features { get; private set; }

    public IReadOnlyList<float> Value => _values;

    public IReadOnlyList<float> Unit => _units;

    public float LogRatio(int row) => MathF.Log(_values[row] / _units[row] + Offset);

    public static double Ratio(float logRatio) => Math.Exp(logRatio) - Offset;

    /// <summary>Every few days of the last two and a half years an origin, at each a few steps ahead, all drawn by seed.</summary>
    public static TreeSample Draw(PanelSeries[] views, TreeFeatures features, int longest, int firstOrigin, int most, int seed)
    {
        const int Span = 900;
        const int Steps = 5;
        var origins = views.Sum(v => Math.Max(0, v.Observed.Length - Math.Max(firstOrigin, v.Observed.Length - Span)));
        var every = Math.Max(1, (int)Math.Ceiling((double)origins * Steps / most));
        var sample = new TreeSample(features.Width, origins * Steps / every + views.Length * Steps);
        var random = new Random(seed);
        foreach (var view in views)
            for (var origin = Math.Max(firstOrigin, view.Observed.Length - Span) + random.Next(every); origin < view.Observed.Length; origin += every)
                for (var k = 0; k < Steps; k++)
                    sample.Add(view, features, origin, 1 + random.Next(longest));
        sample.Features = sample.Features[..(sample.Count * sample.Width)];
        return sample;
    }

    private void Add(PanelSeries view, TreeFeatures features, int origin, int ahead)
    {
        var target = origin + ahead - 1;
        if (target >= view.Observed.Length || double.IsNaN(view.Observed[target]) || double.IsNaN(view.Mean(origin, PanelSeries.LevelWindow)))
            return;
        features.Fill(view, origin, ahead, Features.AsSpan(Count * Width, Width));
        _units.Add((float)view.Level(origin));
        _values.Add((float)Math.Max(0, view.Observed[target]));
    }
}
