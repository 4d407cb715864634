using System.Text.Json.Serialization;
using ChainSync.Core.Sales;
using ChainSync.Server.Features.Sales;
using ChainSync.Core.Stores;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>The JSON of requests and answers that only the server has: pages of lists, figures, progress.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Page<Sale>))]
[JsonSerializable(typeof(ItemList<Refund>))]
[JsonSerializable(typeof(LiveFigures))]
[JsonSerializable(typeof(ItemList<StoreInfo>))]
[JsonSerializable(typeof(ItemList<RegisterInfo>))]
public sealed partial class ServerJson : JsonSerializerContext;
