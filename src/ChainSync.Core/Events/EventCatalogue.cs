using System.Text.Json.Serialization.Metadata;

namespace ChainSync.Core.Events;

/// <summary>Every event there is: name, who may see it, whether it lasts, and what it carries. docs/protocol.md has the same as a table.</summary>
public static class EventCatalogue
{
    private const string Orders = "orders";
    private const string Customers = "customers";
    private const string Products = "products";
    private const string Inventory = "inventory";
    private const string Payments = "payments";
    private const string System = "system";

    private static readonly EventJson Json = EventJson.Default;

    /// <summary>A sale was recorded.</summary>
    public static EventDefinition<SaleCreated> SaleCreated { get; } = Durable("sale:created", Orders, Json.SaleCreated);

    /// <summary>A sale has other sums or another payment status, as after a refund.</summary>
    public static EventDefinition<DocumentChanged> SaleUpdated { get; } = Durable("sale:updated", Orders, Json.DocumentChanged);

    /// <summary>Goods of a sale came back.</summary>
    public static EventDefinition<SaleRefunded> SaleRefunded { get; } = Durable("sale:refunded", Orders, Json.SaleRefunded);

    /// <summary>An order came in.</summary>
    public static EventDefinition<OrderCreated> OrderCreated { get; } = Durable("order:created", Orders, Json.OrderCreated);

    /// <summary>An order has other fields.</summary>
    public static EventDefinition<DocumentChanged> OrderUpdated { get; } = Durable("order:updated", Orders, Json.DocumentChanged);

    /// <summary>An order went a step on.</summary>
    public static EventDefinition<OrderStatusChanged> OrderStatusChanged { get; } = Durable("order:status_changed", Orders, Json.OrderStatusChanged);

    /// <summary>An order is gone.</summary>
    public static EventDefinition<DocumentDeleted> OrderDeleted { get; } = Durable("order:deleted", Orders, Json.DocumentDeleted);

    /// <summary>A shift began.</summary>
    public static EventDefinition<ShiftOpened> ShiftOpened { get; } = Durable("shift:opened", Orders, Json.ShiftOpened);

    /// <summary>A shift has other fields.</summary>
    public static EventDefinition<DocumentChanged> ShiftUpdated { get; } = Durable("shift:updated", Orders, Json.DocumentChanged);

    /// <summary>A shift ended and its cash was counted.</summary>
    public static EventDefinition<ShiftClosed> ShiftClosed { get; } = Durable("shift:closed", Orders, Json.ShiftClosed);

    /// <summary>A customer was added.</summary>
    public static EventDefinition<CustomerCreated> CustomerCreated { get; } = Durable("customer:created", Customers, Json.CustomerCreated);

    /// <summary>A customer has other fields.</summary>
    public static EventDefinition<DocumentChanged> CustomerUpdated { get; } = Durable("customer:updated", Customers, Json.DocumentChanged);

    /// <summary>A customer was archived.</summary>
    public static EventDefinition<DocumentDeleted> CustomerDeleted { get; } = Durable("customer:deleted", Customers, Json.DocumentDeleted);

    /// <summary>A customer did something in the shop front.</summary>
    public static EventDefinition<CustomerActivity> CustomerActivity { get; } = Fleeting("customer:activity", Customers, Json.CustomerActivity);

    /// <summary>A customer looks at a product.</summary>
    public static EventDefinition<ProductViewed> CustomerViewingProduct { get; } = Fleeting("customer:viewing_product", Customers, Json.ProductViewed);

    /// <summary>A customer put something into their cart.</summary>
    public static EventDefinition<CartAddition> CustomerAddedToCart { get; } = Fleeting("customer:added_to_cart", Customers, Json.CartAddition);

    /// <summary>A customer came.</summary>
    public static EventDefinition<CustomerArrival> CustomerOnline { get; } = Fleeting("customer:online", Customers, Json.CustomerArrival);

    /// <summary>A customer left.</summary>
    public static EventDefinition<CustomerArrival> CustomerOffline { get; } = Fleeting("customer:offline", Customers, Json.CustomerArrival);

    /// <summary>Who is there, told to whoever begins to follow.</summary>
    public static EventDefinition<CustomersPresent> CustomerPresence { get; } = Fleeting("customer:presence", Customers, Json.CustomersPresent);

    /// <summary>Somebody wrote in a room.</summary>
    public static EventDefinition<ChatMessage> ChatMessage { get; } = Durable("chat:message", Customers, Json.ChatMessage);

    /// <summary>Somebody is writing.</summary>
    public static EventDefinition<ChatTyping> ChatTyping { get; } = Fleeting("chat:typing", Customers, Json.ChatTyping);

    /// <summary>Somebody has read up to a message.</summary>
    public static EventDefinition<ChatRead> ChatRead { get; } = Durable("chat:read", Customers, Json.ChatRead);

    /// <summary>A product was added.</summary>
    public static EventDefinition<ProductCreated> ProductCreated { get; } = Durable("product:created", Products, Json.ProductCreated);

    /// <summary>A product has other fields.</summary>
    public static EventDefinition<DocumentChanged> ProductUpdated { get; } = Durable("product:updated", Products, Json.DocumentChanged);

    /// <summary>A product has another price; follows its <c>product:updated</c>.</summary>
    public static EventDefinition<PriceChanged> ProductPriceChanged { get; } = Durable("product:price_changed", Products, Json.PriceChanged);

    /// <summary>A product is no longer on offer; follows its <c>product:updated</c>.</summary>
    public static EventDefinition<DocumentDeleted> ProductDeleted { get; } = Durable("product:deleted", Products, Json.DocumentDeleted);

    /// <summary>A category was added.</summary>
    public static EventDefinition<CategoryCreated> CategoryCreated { get; } = Durable("category:created", Products, Json.CategoryCreated);

    /// <summary>A category has other fields.</summary>
    public static EventDefinition<DocumentChanged> CategoryUpdated { get; } = Durable("category:updated", Products, Json.DocumentChanged);

    /// <summary>A category was archived; follows its <c>category:updated</c>.</summary>
    public static EventDefinition<DocumentDeleted> CategoryDeleted { get; } = Durable("category:deleted", Products, Json.DocumentDeleted);

    /// <summary>A product's stock moved. The newest of a product says it all.</summary>
    public static EventDefinition<StockLevel> InventoryUpdated { get; } = Durable("inventory:updated", Inventory, Json.StockLevel, keyField: "productId");

    /// <summary>A product's stock fell to its threshold or below.</summary>
    public static EventDefinition<StockLevel> InventoryLowStock { get; } = Durable("inventory:low_stock", Inventory, Json.StockLevel);

    /// <summary>Nothing is left of a product.</summary>
    public static EventDefinition<StockLevel> InventoryOutOfStock { get; } = Durable("inventory:out_of_stock", Inventory, Json.StockLevel);

    /// <summary>There is some of a product again.</summary>
    public static EventDefinition<StockLevel> InventoryRestocked { get; } = Durable("inventory:restocked", Inventory, Json.StockLevel);

    /// <summary>A forecast of a product's or the store's sales was made.</summary>
    public static EventDefinition<ForecastReady> AiForecast { get; } = Durable("ai:forecast", Inventory, Json.ForecastReady);

    /// <summary>A figure is not what it should be.</summary>
    public static EventDefinition<AnomalyFound> AiAnomaly { get; } = Durable("ai:anomaly", Inventory, Json.AnomalyFound);

    /// <summary>Something worth doing was found in the figures.</summary>
    public static EventDefinition<InsightFound> AiInsight { get; } = Durable("ai:insight", Inventory, Json.InsightFound);

    /// <summary>Money came in.</summary>
    public static EventDefinition<PaymentReceived> PaymentReceived { get; } = Durable("payment:received", Payments, Json.PaymentReceived);

    /// <summary>A payment was refused.</summary>
    public static EventDefinition<PaymentFailed> PaymentFailed { get; } = Durable("payment:failed", Payments, Json.PaymentFailed);

    /// <summary>Money went back.</summary>
    public static EventDefinition<SaleRefunded> PaymentRefunded { get; } = Durable("payment:refunded", Payments, Json.SaleRefunded);

    /// <summary>Somebody tells those they address something.</summary>
    public static EventDefinition<SystemNotice> SystemNotification { get; } = Durable("system:notification", System, Json.SystemNotice);

    /// <summary>The same, and it is urgent.</summary>
    public static EventDefinition<SystemNotice> SystemAlert { get; } = Durable("system:alert", System, Json.SystemNotice);

    /// <summary>The same, about work on the system.</summary>
    public static EventDefinition<SystemNotice> SystemMaintenance { get; } = Durable("system:maintenance", System, Json.SystemNotice);

    /// <summary>All of them, namespace by namespace.</summary>
    public static IReadOnlyList<EventDefinition> All { get; } =
    [
        SaleCreated, SaleUpdated, SaleRefunded, OrderCreated, OrderUpdated, OrderStatusChanged, OrderDeleted, ShiftOpened, ShiftUpdated, ShiftClosed,
        CustomerCreated, CustomerUpdated, CustomerDeleted, CustomerActivity, CustomerViewingProduct, CustomerAddedToCart, CustomerOnline,
        CustomerOffline, CustomerPresence, ChatMessage, ChatTyping, ChatRead,
        ProductCreated, ProductUpdated, ProductPriceChanged, ProductDeleted, CategoryCreated, CategoryUpdated, CategoryDeleted,
        InventoryUpdated, InventoryLowStock, InventoryOutOfStock, InventoryRestocked, AiForecast, AiAnomaly, AiInsight,
        PaymentReceived, PaymentFailed, PaymentRefunded,
        SystemNotification, SystemAlert, SystemMaintenance,
    ];

    private static readonly Dictionary<string, EventDefinition> ByName = All.ToDictionary(e => e.Name, StringComparer.Ordinal);

    /// <summary>The event of a name, or null for one that this build does not know: messages only grow.</summary>
    /// <param name="name">A frame's <c>type</c>.</param>
    public static EventDefinition? Find(string name) => ByName.GetValueOrDefault(name);

    private static EventDefinition<T> Durable<T>(string name, string ns, JsonTypeInfo<T> payload, string? keyField = null)
        where T : class => new(name, ns, EventLife.Durable, payload, keyField);

    private static EventDefinition<T> Fleeting<T>(string name, string ns, JsonTypeInfo<T> payload)
        where T : class => new(name, ns, EventLife.Fleeting, payload, keyField: null);
}
