namespace ChainSync.Analytics.Insights.Baskets;

/// <summary>How often the most frequent products, and every two of them, are in a basket.</summary>
internal sealed class PairCounts
{
    private readonly int[] _pairs;

    private PairCounts(int[] products, int[] singles, int[] pairs, int baskets, double lines, double sizeProducts) =>
        (Products, Singles, _pairs, Baskets, Lines, SizeProducts) = (products, singles, pairs, baskets, lines, sizeProducts);

    /// <summary>Places of the counted products in their set, in order of id.</summary>
    public int[] Products { get; }

    /// <summary>Baskets with each of them.</summary>
    public int[] Singles { get; }

    /// <summary>Baskets counted.</summary>
    public int Baskets { get; }

    /// <summary>Σ size over baskets.</summary>
    public double Lines { get; }

    /// <summary>Σ size · (size − 1) over baskets.</summary>
    public double SizeProducts { get; }

    /// <summary>Baskets with both of two counted products, a &lt; b.</summary>
    public int Both(int a, int b) => _pairs[a * (2 * Products.Length - a - 1) / 2 + (b - a - 1)];

    public static PairCounts Of(BasketSet set, int mostProducts, int largestBasket, CancellationToken cancellationToken)
    {
        var frequency = new int[set.Products.Count];
        var (baskets, lines, products) = (0, 0.0, 0.0);
        foreach (var basket in set.Baskets)
        {
            if (basket.Length == 0 || basket.Length > largestBasket)
                continue;
            (baskets, lines, products) = (baskets + 1, lines + basket.Length, products + (double)basket.Length * (basket.Length - 1));
            foreach (var product in basket)
                frequency[product]++;
        }
        int[] counted =
        [
            .. Enumerable.Range(0, frequency.Length).Where(p => frequency[p] > 0)
                .OrderByDescending(p => frequency[p]).ThenBy(p => set.Products[p].Id, StringComparer.Ordinal).Take(mostProducts)
                .OrderBy(p => set.Products[p].Id, StringComparer.Ordinal),
        ];
        var pairs = CountPairs(set, counted, largestBasket, cancellationToken);
        return new PairCounts(counted, Array.ConvertAll(counted, p => frequency[p]), pairs, baskets, lines, products);
    }

    private static int[] CountPairs(BasketSet set, int[] counted, int largestBasket, CancellationToken cancellationToken)
    {
        var place = new int[set.Products.Count];
        Array.Fill(place, -1);
        for (var i = 0; i < counted.Length; i++)
            place[counted[i]] = i;
        var pairs = new int[counted.Length * (counted.Length - 1) / 2];
        var inside = new int[largestBasket];
        foreach (var basket in set.Baskets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (basket.Length > largestBasket)
                continue;
            var count = 0;
            foreach (var product in basket)
                if (place[product] >= 0)
                    inside[count++] = place[product];
            Array.Sort(inside, 0, count);
            for (var i = 0; i < count; i++)
            {
                var row = inside[i] * (2 * counted.Length - inside[i] - 1) / 2 - inside[i] - 1;
                for (var j = i + 1; j < count; j++)
                    pairs[row + inside[j]]++;
            }
        }
        return pairs;
    }
}
