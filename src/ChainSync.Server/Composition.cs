using ChainSync.Server.Data;
using ChainSync.Server.Features.Categories;
using ChainSync.Server.Features.Customers;
using ChainSync.Server.Features.Demo;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Imports;
using ChainSync.Server.Features.Inventory;
using ChainSync.Server.Features.Pages;
using ChainSync.Server.Features.Products;
using ChainSync.Server.Features.Realtime;
using ChainSync.Server.Features.Sales;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Infrastructure.ApiDescription;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Live;

namespace ChainSync.Server;

/// <summary>The table of contents: every part of the server, added and mapped once. Program.cs and the tests start the same one.</summary>
public static class Composition
{
    public static void AddChainSync(this IServiceCollection services, string connectionString)
    {
        services.AddHttpBasics();
        services.AddApiDescription();
        services.AddData(connectionString);
        services.AddLive();
        services.AddIdentity();
        services.AddStores();
        services.AddCategories();
        services.AddProducts();
        services.AddCustomers();
        services.AddSales();
        services.AddImports();
        services.AddRealtime();
        services.AddDemo();
    }

    public static void UseChainSync(this WebApplication app)
    {
        app.UseHttpBasics();
        app.UseHubPort();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapIdentity();
        app.MapStores();
        app.MapCategories();
        app.MapProducts();
        app.MapCustomers();
        app.MapInventory();
        app.MapSales();
        app.MapImports();
        app.MapRealtime();
        app.MapApiDescription();
        app.MapPages();
    }
}
