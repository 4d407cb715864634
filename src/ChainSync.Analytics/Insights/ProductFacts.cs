using ChainSync.Analytics.Forecasting;
using ChainSync.Analytics.Insights.Prices;
using ChainSync.Analytics.Insights.Stock;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Insights;

/// <summary>What is known about one product in one store.</summary>
public sealed record ProductFacts
{
    /// <summary>Key of the product, unique in the input.</summary>
    public required string Id { get; init; }

    /// <summary>Name for a person.</summary>
    public required string Name { get; init; }

    /// <summary>Units sold per day, ending yesterday; days without goods are NaN (<see cref="TimeSeries.WithStockOuts"/>).</summary>
    public required TimeSeries Sales { get; init; }

    /// <summary>Units expected per day from today on; null when there is none.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>Goods here and on their way; null when not counted.</summary>
    public StockPosition? Stock { get; init; }

    /// <summary>How it is bought; null when it is not reordered.</summary>
    public SupplyTerms? Supply { get; init; }

    /// <summary>What one unit costs, minor units, ≥ 0; null when not known.</summary>
    public double? CostMinor { get; init; }

    /// <summary>Prices by rising day; the last one is in force. Empty when not known.</summary>
    public IReadOnlyList<PriceFrom> Prices { get; init; } = [];

    /// <summary>Prices in force today in the other stores of the chain, by store.</summary>
    public IReadOnlyDictionary<string, long> PricesElsewhereMinor { get; init; } = new Dictionary<string, long>();

    /// <summary>Price in force on a day, minor units; null before the first.</summary>
    public long? PriceOnMinor(DateOnly day)
    {
        for (var i = Prices.Count - 1; i >= 0; i--)
            if (Prices[i].From <= day)
                return Prices[i].PriceMinor;
        return null;
    }

    /// <summary>What a lost unit is worth: price less cost where both are known, else what is known; minor units, ≥ 0.</summary>
    internal double UnitWorthMinor(DateOnly today) => (PriceOnMinor(today), CostMinor) switch
    {
        ({ } price, { } cost) => Math.Max(0, price - cost),
        ({ } price, null) => price,
        _ => 0,
    };
}
