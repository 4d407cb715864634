using System.Runtime.Intrinsics;

namespace ChainSync.Analytics.Forecasting.Trees;

/// <summary>
/// Grows one tree level by level on gradients and curvatures (Friedman 2001; second order as in Chen and Guestrin 2016). Reuses its
/// buffers from tree to tree.
/// </summary>
internal sealed class TreeGrower(BinnedRows rows, int depth, double leafPenalty, double leastCurvature)
{
    private readonly int[] _nodeOfRow = new int[rows.Count];
    private readonly Vector128<double>[] _histogram = new Vector128<double>[(1 << depth) * BinnedRows.MostBins];

    /// <summary>The rows that count in this tree, each with gradient and curvature side by side.</summary>
    private readonly int[] _drawn = new int[rows.Count];
    private readonly Vector128<double>[] _derivatives = new Vector128<double>[rows.Count];
    private int _count;

    /// <param name="gradient">First derivative of the loss per row.</param>
    /// <param name="curvature">Second derivative per row; 0 leaves the row out.</param>
    /// <param name="features">Features this tree may use.</param>
    /// <param name="rate">Learning rate, multiplied into the leaves.</param>
    public RegressionTree Grow(float[] gradient, float[] curvature, int[] features, double rate)
    {
        Array.Clear(_nodeOfRow);
        var nodes = new List<Node> { Draw(gradient, curvature) };
        var first = 0;
        for (var level = 0; level < depth; level++)
        {
            var last = nodes.Count;
            FindSplits(nodes, first, last, features);
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

    private Node Draw(float[] gradient, float[] curvature)
    {
        var (root, count) = (new Node(), 0);
        for (var i = 0; i < gradient.Length; i++)
        {
            if (curvature[i] == 0)
                continue;
            (root.Gradient, root.Curvature) = (root.Gradient + gradient[i], root.Curvature + curvature[i]);
            (_drawn[count], _derivatives[count]) = (i, Vector128.Create(gradient[i], (double)curvature[i]));
            count++;
        }
        _count = count;
        return root;
    }

    private void FindSplits(List<Node> nodes, int first, int last, int[] features)
    {
        foreach (var feature in features)
        {
            var bins = rows.Edges[feature].Length + 1;
            if (bins == 1)
                continue;
            Accumulate(first, last, rows.Columns[feature]);
            for (var node = first; node < last; node++)
                BestCut(nodes[node], feature, bins, _histogram.AsSpan((node - first) * BinnedRows.MostBins));
        }
    }

    private void Accumulate(int first, int last, byte[] column)
    {
        var histogram = _histogram.AsSpan(0, (last - first) * BinnedRows.MostBins);
        var drawn = _drawn.AsSpan(0, _count);
        var derivatives = _derivatives.AsSpan(0, drawn.Length);
        histogram.Clear();
        for (var i = 0; i < drawn.Length; i++)
        {
            var node = _nodeOfRow[drawn[i]] - first;
            if (node >= 0)
                histogram[node * BinnedRows.MostBins + column[drawn[i]]] += derivatives[i];
        }
    }

    private void BestCut(Node node, int feature, int bins, ReadOnlySpan<Vector128<double>> histogram)
    {
        var whole = Score(node.Gradient, node.Curvature);
        var left = Vector128<double>.Zero;
        for (var bin = 0; bin + 1 < bins; bin++)
        {
            left += histogram[bin];
            var (gradient, curvature) = (left[0], left[1]);
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
            if (_nodeOfRow[i] < first)
                continue;
            var node = nodes[_nodeOfRow[i]];
            if (node.Left > 0)
                _nodeOfRow[i] = node.Left + (rows.Columns[node.Feature][i] <= node.Bin ? 0 : 1);
        }
    }

    private sealed class Node
    {
        public double Gradient, Curvature, LeftGradient, LeftCurvature, Gain;
        public int Feature = -1, Bin, Left;
    }
}
