using System.Text.Json.Serialization;

namespace ChainSync.Core.Events;

/// <summary>The JSON of events' <c>data</c>, the same as that of the log: camelCase, nothing written for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DocumentChanged))]
[JsonSerializable(typeof(DocumentDeleted))]
[JsonSerializable(typeof(SaleCreated))]
[JsonSerializable(typeof(SaleRefunded))]
[JsonSerializable(typeof(OrderCreated))]
[JsonSerializable(typeof(OrderStatusChanged))]
[JsonSerializable(typeof(PaymentReceived))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(ProductCreated))]
[JsonSerializable(typeof(PriceChanged))]
[JsonSerializable(typeof(CategoryCreated))]
[JsonSerializable(typeof(CustomerCreated))]
[JsonSerializable(typeof(CustomerActivity))]
[JsonSerializable(typeof(ProductViewed))]
[JsonSerializable(typeof(CartAddition))]
[JsonSerializable(typeof(CustomerArrival))]
[JsonSerializable(typeof(CustomersPresent))]
[JsonSerializable(typeof(StockLevel))]
[JsonSerializable(typeof(SystemNotice))]
[JsonSerializable(typeof(ShiftOpened))]
[JsonSerializable(typeof(ShiftClosed))]
[JsonSerializable(typeof(ChatMessage))]
[JsonSerializable(typeof(ChatTyping))]
[JsonSerializable(typeof(ChatRead))]
[JsonSerializable(typeof(ForecastReady))]
[JsonSerializable(typeof(AnomalyFound))]
[JsonSerializable(typeof(InsightFound))]
public sealed partial class EventJson : JsonSerializerContext;
