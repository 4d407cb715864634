using System.Text.Json.Serialization;
using ChainSync.Analytics.Anomalies.Evidence;
using ChainSync.Analytics.Anomalies.Expecting;
using ChainSync.Analytics.Series;

namespace ChainSync.Analytics.Anomalies;

/// <summary>Everything a detector remembers; constant in size once warm.</summary>
internal sealed class DetectorState
{
    public required int Version { get; init; }

    public required string Id { get; init; }

    public required Grain Grain { get; init; }

    public required DateTime Start { get; init; }

    /// <summary>Names of the regressors the filter is built for.</summary>
    public required IReadOnlyList<string> Columns { get; set; }

    /// <summary>Next period that has not been seen.</summary>
    public int Next { get; set; }

    /// <summary>Open periods so far, from the first sale on.</summary>
    public int Ordinal { get; set; }

    /// <summary>Values of the first open periods, until there are enough to choose a model.</summary>
    public List<double> WarmUp { get; init; } = [];

    /// <summary>Period of the first value in <see cref="WarmUp"/>.</summary>
    public int WarmUpFrom { get; set; }

    public SeriesModel? Model { get; set; }

    public required ShiftTest Shift { get; init; }

    public SilenceTest Silence { get; init; } = new();

    /// <summary>Smoothed share of open periods without a value.</summary>
    public double MissingRate { get; set; }

    /// <summary>Open periods that a new level or a silence has lasted without being learned from; 0 when there is none.</summary>
    public int HeldFor { get; set; }

    public AlertBook Book { get; init; } = new();
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(DetectorState))]
internal sealed partial class DetectorJsonContext : JsonSerializerContext;
