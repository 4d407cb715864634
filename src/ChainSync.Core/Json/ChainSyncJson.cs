using System.Text.Json.Serialization;
using ChainSync.Core.Categories;
using ChainSync.Core.Customers;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Core.Inventory;
using ChainSync.Core.Products;
using ChainSync.Core.Sales;
using ChainSync.Core.Stores;

namespace ChainSync.Core.Json;

/// <summary>The JSON of the log's bodies and of the messages that carry them: camelCase, nothing written for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Store))]
[JsonSerializable(typeof(TaxClass))]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(StoreInfo))]
[JsonSerializable(typeof(CreateRegister))]
[JsonSerializable(typeof(RegisterCreated))]
[JsonSerializable(typeof(RegisterInfo))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Employee))]
[JsonSerializable(typeof(CreateAccount))]
[JsonSerializable(typeof(CreateEmployee))]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(SignInWithPin))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(SignedInUser))]
[JsonSerializable(typeof(Category))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(CreateProduct))]
[JsonSerializable(typeof(ProductFields))]
[JsonSerializable(typeof(ProductInfo))]
[JsonSerializable(typeof(CreateCategory))]
[JsonSerializable(typeof(CategoryFields))]
[JsonSerializable(typeof(CategoryInfo))]
[JsonSerializable(typeof(CreateCustomer))]
[JsonSerializable(typeof(CustomerFields))]
[JsonSerializable(typeof(CustomerInfo))]
[JsonSerializable(typeof(AdjustStock))]
[JsonSerializable(typeof(StockAdjustment))]
[JsonSerializable(typeof(RecordSale))]
[JsonSerializable(typeof(Sale))]
[JsonSerializable(typeof(RecordRefund))]
[JsonSerializable(typeof(Refund))]
[JsonSerializable(typeof(SendNotice))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(NoticeSent))]
public sealed partial class ChainSyncJson : JsonSerializerContext;
