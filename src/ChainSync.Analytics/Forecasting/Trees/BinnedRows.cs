namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>Features cut into at most 64 bins by quantiles, column by column, so that a split is a search over bins, not values.</summary>
internal sealed class BinnedRows
{
    public const int MostBins = 64;

    private BinnedRows(int count, byte[][] columns, float[][] edges) => (Count, Columns, Edges) = (count, columns, edges);

    public int Count { get; }

    /// <summary>Bin per row, one array per feature.</summary>
    public byte[][] Columns { get; }

    /// <summary>Upper edge of each bin but the last, rising.</summary>
    public float[][] Edges { get; }

    /// <param name="rows">Row-major features.</param>
    /// <param name="width">Features per row.</param>
    public static BinnedRows Of(float[] rows, int width)
    {
        var count = rows.Length / width;
        var (columns, edges) = (new byte[width][], new float[width][]);
        var values = new float[count];
        for (var feature = 0; feature < width; feature++)
        {
            for (var i = 0; i < count; i++)
                values[i] = rows[i * width + feature];
            edges[feature] = EdgesOf(values);
            columns[feature] = new byte[count];
            for (var i = 0; i < count; i++)
            {
                var bin = Array.BinarySearch(edges[feature], values[i]);
                columns[feature][i] = (byte)(bin >= 0 ? bin : ~bin);
            }
        }
        return new BinnedRows(count, columns, edges);
    }

    private static float[] EdgesOf(float[] values)
    {
        var sorted = (float[])values.Clone();
        Array.Sort(sorted);
        var edges = new List<float>(MostBins);
        for (var k = 1; k < MostBins; k++)
        {
            var edge = sorted[(int)((long)k * (sorted.Length - 1) / MostBins)];
            if ((edges.Count == 0 || edge > edges[^1]) && edge < sorted[^1])
                edges.Add(edge);
        }
        return [.. edges];
    }
}
