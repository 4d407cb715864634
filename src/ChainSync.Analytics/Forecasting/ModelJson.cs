using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Analytics.Backtesting;

namespace ChainSync.Analytics.Forecasting;

/// <summary>Saves fitted models as JSON and reads them again. A loaded model forecasts bit for bit as the saved one.</summary>
public static class ModelJson
{
    /// <summary>Version of the written form. Fields are only added; a reader refuses a higher version.</summary>
    public const int Version = 1;

    /// <summary>UTF-8 JSON of a model and its calibration.</summary>
    public static byte[] Save(CalibratedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return JsonSerializer.SerializeToUtf8Bytes(new SavedModel(Version, model.Model, model.Calibration), ModelJsonContext.Default.SavedModel);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="JsonException">Not such JSON, an unknown model, or a newer version.</exception>
    public static CalibratedModel Load(ReadOnlySpan<byte> json)
    {
        var saved = JsonSerializer.Deserialize(json, ModelJsonContext.Default.SavedModel);
        return saved switch
        {
            { Version: > Version } => throw new JsonException($"The model was saved as version {saved.Version}; this build reads up to {Version}."),
            { Model: { } model, Calibration: { } calibration } => new CalibratedModel(model, calibration),
            _ => throw new JsonException("The JSON holds no model."),
        };
    }
}

/// <summary>The envelope.</summary>
internal sealed record SavedModel(int Version, FittedModel Model, ConformalCalibration Calibration);

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SavedModel))]
internal sealed partial class ModelJsonContext : JsonSerializerContext;
