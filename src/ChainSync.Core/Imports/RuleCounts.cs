namespace ChainSync.Core.Imports;

/// <summary>How often each rule applied, in lines.</summary>
public sealed class RuleCounts
{
    private readonly Dictionary<ImportRule, long> _counts = new(RetailRules.All.ToDictionary(rule => rule, _ => 0L), ReferenceEqualityComparer.Instance);

    /// <summary>How many lines met a rule.</summary>
    public long this[ImportRule rule] => _counts[rule];

    /// <summary>The lines that have a fate: all lines read.</summary>
    public long Lines => _counts.Where(count => count.Key.IsFate).Sum(count => count.Value);

    /// <summary>Counts lines under a rule.</summary>
    public void Add(ImportRule rule, long lines = 1) => _counts[rule] += lines;

    /// <summary>Every rule with its count, in the order of <see cref="RetailRules.All"/>.</summary>
    public IReadOnlyList<(ImportRule Rule, long Lines)> ToList() => [.. RetailRules.All.Select(rule => (rule, _counts[rule]))];
}
