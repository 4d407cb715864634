namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// Grows one tree level by level on gradients and curvatures (Friedman 2001; second order as in Chen and Guestrin 2016). Reuses its
/// buffers from tree to tree.
/// </summary>
internal sealed class TreeGrower(BinnedRows rows, int depth, double leafPenalty, double leastCurvature)
{
    private readonly int[] _nodeOfRow = new int[rows.Count];
    private readonly double[] _histogram = new double[(1 << depth) * BinnedRows.MostBins * 2];

    /// <param name="gradient">First derivative of the loss per row.</param>
    /// <param name="curvature">Second derivative per row; 0 leaves the row out.</param>
    /// <param name="features">Features this tree may use.</param>
    /// <param name="rate">Learning rate, multiplied into the leaves.</param>
    public RegressionTree Grow(float[] gradient, float[] curvature, int[] features, double rate)
    {
        Array.Clear(_nodeOfRow);
        var nodes = new List<Node> { Root(gradient, curvature) };
        var first = 0;
        for (var level = 0; level < depth; level++)
        {
            var last = nodes.Count;
            FindSplits(nodes, first, last, gradient, curvature, features);
            if (!Split(nodes, first, last))
                break;
            MoveRows(nodes, first);
            first = last;
        }
        return new RegressionTree
        {
            Feature = [.. nodes.Select(n => n.Left > 0 ? n.Feature : -1)],
            Threshold = [.. nodes.Select(n => n.Left > 0 ? rows.Edges[n.Feature][n.Bin] : 0)],
            Left = [.. nodes.Select(n => n.Left)],
            Value = [.. nodes.Select(n => (float)(-rate * n.Gradient / (n.Curvature + leafPenalty)))],
        };
    }

    /// <summary>Leaf of every row of the last tree, for quick updates of the predictions.</summary>
    public ReadOnlySpan<int> LeafOfRow => _nodeOfRow;

    private static Node Root(float[] gradient, float[] curvature)
    {
        var root = new Node();
        for (var i = 0; i < gradient.Length; i++)
            (root.Gradient, root.Curvature) = (root.Gradient + gradient[i], root.Curvature + curvature[i]);
        return root;
    }

    private void FindSplits(List<Node> nodes, int first, int last, float[] gradient, float[] curvature, int[] features)
    {
        foreach (var feature in features)
        {
            var bins = rows.Edges[feature].Length + 1;
            if (bins == 1)
                continue;
            Accumulate(first, last, gradient, curvature, rows.Columns[feature]);
            for (var node = first; node < last; node++)
                BestCut(nodes[node], feature, bins, _histogram.AsSpan((node - first) * BinnedRows.MostBins * 2));
        }
    }

    private void Accumulate(int first, int last, float[] gradient, float[] curvature, byte[] column)
    {
        _histogram.AsSpan(0, (last - first) * BinnedRows.MostBins * 2).Clear();
        for (var i = 0; i < column.Length; i++)
        {
            var node = _nodeOfRow[i] - first;
            if (node < 0 || curvature[i] == 0)
                continue;
            var at = (node * BinnedRows.MostBins + column[i]) * 2;
            _histogram[at] += gradient[i];
            _histogram[at + 1] += curvature[i];
        }
    }

    private void BestCut(Node node, int feature, int bins, ReadOnlySpan<double> histogram)
    {
        var whole = Score(node.Gradient, node.Curvature);
        var (gradient, curvature) = (0.0, 0.0);
        for (var bin = 0; bin + 1 < bins; bin++)
        {
            gradient += histogram[2 * bin];
            curvature += histogram[2 * bin + 1];
            var rest = node.Curvature - curvature;
            if (curvature < leastCurvature || rest < leastCurvature)
                continue;
            var gain = Score(gradient, curvature) + Score(node.Gradient - gradient, rest) - whole;
            if (gain > node.Gain)
                (node.Gain, node.Feature, node.Bin, node.LeftGradient, node.LeftCurvature) = (gain, feature, bin, gradient, curvature);
        }
    }

    private double Score(double gradient, double curvature) => gradient * gradient / (curvature + leafPenalty);

    private static bool Split(List<Node> nodes, int first, int last)
    {
        for (var i = first; i < last; i++)
        {
            var node = nodes[i];
            if (node.Gain <= 1e-9)
                continue;
            node.Left = nodes.Count;
            nodes.Add(new Node { Gradient = node.LeftGradient, Curvature = node.LeftCurvature });
            nodes.Add(new Node { Gradient = node.Gradient - node.LeftGradient, Curvature = node.Curvature - node.LeftCurvature });
        }
        return nodes.Count > last;
    }

    private void MoveRows(List<Node> nodes, int first)
    {
        for (var i = 0; i < _nodeOfRow.Length; i++)
        {
            var node = nodes[_nodeOfRow[i]];
            if (_nodeOfRow[i] >= first && node.Left > 0)
                _nodeOfRow[i] = node.Left + (rows.Columns[node.Feature][i] <= node.Bin ? 0 : 1);
        }
    }

    private sealed class Node
    {
        public double Gradient, Curvature, LeftGradient, LeftCurvature, Gain;
        public int Feature = -1, Bin, Left;
    }
}
