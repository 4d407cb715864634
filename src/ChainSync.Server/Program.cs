using ChainSync.Server.Data;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Pages;
using ChainSync.Server.Features.Sales;
using ChainSync.Server.Features.Stores;
using ChainSync.Server.Infrastructure.Http;
using ChainSync.Server.Infrastructure.Postgres;
using ChainSync.Server.Infrastructure.Startup;
using ChainSync.Server.Live;
using Npgsql;

return await StartupBoundary.RunAsync(async stopping =>
{
    var builder = WebApplication.CreateBuilder(args);
    ListenAddresses.EnsureFree(builder.Configuration);
    await using var database = await DatabaseConnection.OpenAsync(builder.Configuration, TimeProvider.System, besideServer: false, stopping);

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddHttpBasics();
    builder.Services.AddData(database.ConnectionString);
    builder.Services.AddLive();
    builder.Services.AddIdentity();
    builder.Services.AddStores();
    builder.Services.AddSales();

    await using var app = builder.Build();
    database.StopWithDatabase(app.Lifetime);
    await Migrator.MigrateAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), stopping);

    app.UseHttpBasics();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapIdentity();
    app.MapStores();
    app.MapSales();
    app.MapLive();
    app.MapPages();
    await app.RunAsync(stopping);
});
