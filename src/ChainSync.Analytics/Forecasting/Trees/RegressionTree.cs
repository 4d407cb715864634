namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>A binary tree in arrays: node i asks whether feature <c>Feature[i]</c> is at most <c>Threshold[i]</c>; leaves have feature −1.</summary>
internal sealed class RegressionTree
{
    public required int[] Feature { get; init; }

    public required float[] Threshold { get; init; }

    /// <summary>Left child; the right one follows it.</summary>
    public required int[] Left { get; init; }

    /// <summary>Answer of a leaf.</summary>
    public required float[] Value { get; init; }

    public float Predict(ReadOnlySpan<float> features)
    {
        var node = 0;
        while (Feature[node] >= 0)
            node = Left[node] + (features[Feature[node]] <= Threshold[node] ? 0 : 1);
        return Value[node];
    }
}
