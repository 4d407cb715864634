using System.Text.Json.Serialization;
using ChainSync.Core.Categories;
using ChainSync.Core.Customers;
using ChainSync.Core.Events;
using ChainSync.Core.Products;
using ChainSync.Core.Sales;
using ChainSync.Core.Stores;
using ChainSync.Server.Features.Realtime;
using ChainSync.Server.Features.Sales;

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
[JsonSerializable(typeof(Page<ProductInfo>))]
[JsonSerializable(typeof(Page<CategoryInfo>))]
[JsonSerializable(typeof(Page<CustomerInfo>))]
[JsonSerializable(typeof(LiveFigures))]
[JsonSerializable(typeof(CustomersPresent))]
[JsonSerializable(typeof(ItemList<StoreInfo>))]
[JsonSerializable(typeof(ItemList<RegisterInfo>))]
[JsonSerializable(typeof(HubInfo))]
[JsonSerializable(typeof(HubStats))]
public sealed partial class ServerJson : JsonSerializerContext;
