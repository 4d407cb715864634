namespace ChainSync.Core.Imports;

/// <summary>
/// How much of each product must have been there before the file begins: the least with which its level never goes below zero on
/// the way through. The file tells what went out and came back, and nothing of deliveries.
/// </summary>
public sealed class OpeningStock
{
    private readonly Dictionary<Guid, (long Level, long Least)> _levels = [];

    /// <summary>Says what is on hand of a product before the first of its moves.</summary>
    public void OnHand(Guid product, long milli) => _levels[product] = (milli, Math.Min(milli, 0));

    /// <summary>Whether anything was said of a product yet.</summary>
    public bool Knows(Guid product) => _levels.ContainsKey(product);

    /// <summary>Follows one move, in the order of time.</summary>
    public void Move(Guid product, long deltaMilli)
    {
        var (level, least) = _levels.GetValueOrDefault(product);
        level += deltaMilli;
        _levels[product] = (level, Math.Min(least, level));
    }

    /// <summary>What has to be added before the first move, thousandths of a unit; 0 when what is on hand suffices.</summary>
    public long Needed(Guid product) => -_levels.GetValueOrDefault(product).Least;
}
