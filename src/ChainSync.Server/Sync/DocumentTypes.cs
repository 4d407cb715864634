using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChainSync.Core.Categories;
using ChainSync.Core.Customers;
using ChainSync.Core.Identity;
using ChainSync.Core.Json;
using ChainSync.Core.Products;
using ChainSync.Core.Stores;

namespace ChainSync.Server.Sync;

/// <summary>The documents of the log: what each class is called there and how it is written.</summary>
public static class DocumentTypes
{
    private static readonly Dictionary<Type, (string Name, JsonTypeInfo Json)> ByClass = new()
    {
        [typeof(Store)] = ("store", ChainSyncJson.Default.Store),
        [typeof(TaxClass)] = ("tax-class", ChainSyncJson.Default.TaxClass),
        [typeof(Register)] = ("register", ChainSyncJson.Default.Register),
        [typeof(Category)] = ("category", ChainSyncJson.Default.Category),
        [typeof(Product)] = ("product", ChainSyncJson.Default.Product),
        [typeof(Customer)] = ("customer", ChainSyncJson.Default.Customer),
        [typeof(Account)] = ("account", ChainSyncJson.Default.Account),
        [typeof(Employee)] = ("employee", ChainSyncJson.Default.Employee),
    };

    /// <summary>The entity's name in the log.</summary>
    public static string NameOf(Type type) => ByClass[type].Name;

    /// <summary>The entity as JSON.</summary>
    public static JsonElement ToJson(object entity) => JsonSerializer.SerializeToElement(entity, ByClass[entity.GetType()].Json);
}
