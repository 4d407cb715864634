namespace ChainSync.Analytics.Insights;

/// <summary>
/// The numbers behind a claim, enough for anyone to compute it again from the raw data: which formula, over which days, from which
/// inputs, with which results. docs/guides/analytics.md lists the formulas.
/// </summary>
/// <param name="Formula">Name of the formula, one per <see cref="InsightKind"/> and variant.</param>
/// <param name="From">First day of the data used.</param>
/// <param name="To">Last day of the data used, inclusive.</param>
/// <param name="Inputs">What was read or set.</param>
/// <param name="Results">What follows from it.</param>
public sealed record Evidence(
    string Formula, DateOnly From, DateOnly To, IReadOnlyList<EvidenceNumber> Inputs, IReadOnlyList<EvidenceNumber> Results)
{
    /// <summary>The input or result of a name.</summary>
    /// <exception cref="KeyNotFoundException">The evidence has no such number.</exception>
    public double this[string name]
    {
        get
        {
            foreach (var number in Inputs)
                if (number.Name == name)
                    return number.Value;
            foreach (var number in Results)
                if (number.Name == name)
                    return number.Value;
            throw new KeyNotFoundException($"The evidence '{Formula}' has no '{name}'.");
        }
    }

    /// <summary>Writes numbers as pairs.</summary>
    internal static IReadOnlyList<EvidenceNumber> Numbers(params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        var list = new EvidenceNumber[numbers.Length];
        for (var i = 0; i < list.Length; i++)
            list[i] = new EvidenceNumber(numbers[i].Name, numbers[i].Value);
        return list;
    }
}
