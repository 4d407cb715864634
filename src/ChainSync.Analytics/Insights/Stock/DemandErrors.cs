using System.Text.Json.Serialization;

namespace ChainSync.Analytics.Insights.Stock;

/// <summary>Errors of summed forecasts by rising size of the forecast they belong to.</summary>
/// <param name="Expected">Rising sizes.</param>
/// <param name="Errors">Errors in units of the product's usual one, as many.</param>
internal sealed record DemandErrors(double[] Expected, double[] Errors)
{
    /// <summary>The errors of the <paramref name="count"/> forecasts nearest in size, or all; of two as near the smaller one.</summary>
    public double[] Near(double expected, int count)
    {
        var low = FirstAtLeast(expected);
        var high = low;
        while (high - low < Math.Min(count, Expected.Length))
        {
            if (low > 0 && (high == Expected.Length || expected - Expected[low - 1] <= Expected[high] - expected))
                low--;
            else
                high++;
        }
        return Errors[low..high];
    }

    private int FirstAtLeast(double expected)
    {
        var (low, high) = (0, Expected.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Expected[middle] < expected ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}

/// <summary>The written form of a <see cref="DemandDistribution"/>.</summary>
internal sealed record SavedDemand(int Version, int Longest, Dictionary<string, double> Sizes, List<SavedErrors> Errors)
{
    public const int Newest = 1;
}

/// <summary>Errors of one group over one number of days.</summary>
internal sealed record SavedErrors(string Group, int Days, DemandErrors Errors);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SavedDemand))]
internal sealed partial class DemandJson : JsonSerializerContext;
