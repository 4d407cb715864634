namespace ChainSync.RealtimeBench;

/// <summary>Everything measured: a value per figure, peer and round.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Figure, string Peer), List<double>> _values = [];

    public void Add(string figure, string peer, double value)
    {
        if (!_values.TryGetValue((figure, peer), out var values)) _values[(figure, peer)] = values = [];
        values.Add(value);
    }

    public IReadOnlyList<double> Of(string figure, string peer) => _values.TryGetValue((figure, peer), out var values) ? values : [];

    /// <summary>The median over the rounds, or null when it was not measured.</summary>
    public double? Median(string figure, string peer) => Of(figure, peer) is { Count: > 0 } values ? Middle(values) : null;

    /// <summary>The median over the rounds of one peer's value by another's of the same round: what disturbs a round disturbs both.</summary>
    public double? Ratio(string figure, string peer, string other) =>
        Of(figure, peer) is { Count: > 0 } mine && Of(figure, other) is { Count: > 0 } theirs ? Middle(mine.Zip(theirs, (a, b) => a / b)) : null;

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
