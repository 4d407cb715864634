using ChainSync.Server;
using ChainSync.Server.Data;
using ChainSync.Server.Features.Demo;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Imports;
using ChainSync.Server.Infrastructure.Postgres;
using ChainSync.Server.Infrastructure.Startup;
using ChainSync.Server.Live;
using Npgsql;

return await StartupBoundary.RunAsync(async stopping =>
{
    var builder = WebApplication.CreateBuilder(args);
    if (args is ["import", .. var words])
    {
        Environment.ExitCode = await ImportCommand.RunAsync(words, builder.Configuration, stopping);
        return;
    }
    if (args is ["account", .. var accountWords])
    {
        Environment.ExitCode = await AccountCommand.RunAsync(accountWords, builder.Configuration, TimeProvider.System, stopping);
        return;
    }
    FlatSettings.Apply(builder.Configuration);
    HubPort.Listen(builder.Configuration);
    ListenAddresses.EnsureFree(builder.Configuration);
    await using var database = await DatabaseConnection.OpenAsync(builder.Configuration, TimeProvider.System, besideServer: false, stopping);

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddChainSync(database.ConnectionString);

    await using var app = builder.Build();
    database.StopWithDatabase(app.Lifetime);
    await Migrator.MigrateAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), stopping);
    await app.SeedDemoAsync(stopping);
    app.UseChainSync();
    app.GreetWhenReady();
    await app.RunAsync(stopping);
});
