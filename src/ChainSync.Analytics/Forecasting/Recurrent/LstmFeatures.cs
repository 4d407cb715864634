using ChainSync.Analytics.Forecasting.Panels;
using ChainSync.Analytics.Forecasting.Trees;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Forecasting.Recurrent;

/// <summary>What the network reads: per past period value, gap and calendar; per coming period the calendar and what like periods brought.</summary>
internal sealed class LstmFeatures(string[] knownColumns)
{
    private const int Phases = 7;
    private const float Offset = 0.05f;

    /// <summary>Where among the known numbers of a period the mean of its like stands.</summary>
    public const int Anchor = 1;

    public int Inputs => 3 + Phases + knownColumns.Length;

    public int Known => 5 + Phases + 6 + knownColumns.Length;

    public void FillWindow(PanelSeries panel, int origin, int window, Span<float> inputs)
    {
        inputs.Clear();
        var unit = panel.Level(origin);
        for (var k = 0; k < window; k++)
        {
            var index = origin - window + k;
            if (index < 0)
                continue;
            var row = inputs.Slice(k * Inputs, Inputs);
            var value = panel.Observed[index];
            row[0] = double.IsNaN(value) ? 0 : LogRatio(value, unit);
            row[1] = double.IsNaN(value) ? 1 : 0;
            row[2] = (float)panel.Effect(index);
            row[3 + Phase(panel.Series, index)] = 1;
            FillColumns(panel.Series, origin, index, row[(3 + Phases)..]);
        }
    }

    public void FillKnown(PanelSeries panel, int origin, int ahead, Span<float> known)
    {
        known.Clear();
        var target = origin + ahead - 1;
        var (series, unit) = (panel.Series, panel.Level(origin));
        var time = series.TimeAt(target);
        known[0] = Like(panel, origin, target, 4, unit);
        known[Anchor] = Like(panel, origin, target, 8, unit);
        known[2] = (float)panel.Effect(target);
        known[3] = ahead / 30f;
        known[4] = (target > 0 && !series.Known.IsOpen(target - 1) ? 1 : 0) - (series.Known.IsOpen(target + 1) ? 0 : 1);
        known[5 + Phase(series, target)] = 1;
        var year = 2 * MathF.PI * time.DayOfYear / 365.25f;
        var month = 2 * MathF.PI * (time.Day - 1) / DateTime.DaysInMonth(time.Year, time.Month);
        (known[5 + Phases], known[6 + Phases]) = MathF.SinCos(year);
        (known[7 + Phases], known[8 + Phases]) = MathF.SinCos(2 * year);
        (known[9 + Phases], known[10 + Phases]) = MathF.SinCos(month);
        FillColumns(series, origin, target, known[(11 + Phases)..]);
    }

    public static float LogRatio(double value, double unit) => MathF.Log((float)(Math.Max(0, value) / unit) + Offset);

    public static double Value(double logRatio, double unit) => (Math.Exp(logRatio) - Offset) * unit;

    private static float Like(PanelSeries panel, int origin, int target, int most, double unit) =>
        panel.LikeMean(origin, target, most) is var mean && double.IsNaN(mean) ? 0 : LogRatio(mean, unit);

    private static int Phase(TimeSeries series, int index) => series.Grain switch
    {
        Grain.Weekly => 0,
        Grain.Hourly => series.TimeAt(index).Hour * Phases / 24,
        _ => (int)series.TimeAt(index).DayOfWeek,
    };

    private void FillColumns(TimeSeries series, int origin, int index, Span<float> row)
    {
        for (var j = 0; j < knownColumns.Length; j++)
            row[j] = TreeFeatures.Known(series, knownColumns[j], origin, index).AgainstUsual;
    }
}
