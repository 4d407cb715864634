using ChainSync.Server.Infrastructure.Postgres;
using ChainSync.Server.Infrastructure.Startup;

return await StartupBoundary.RunAsync(async stopping =>
{
    var builder = WebApplication.CreateBuilder(args);
    ListenAddresses.EnsureFree(builder.Configuration);
    await using var database = await DatabaseConnection.OpenAsync(builder.Configuration, TimeProvider.System, besideServer: false, stopping);
    var app = builder.Build();
    database.StopWithDatabase(app.Lifetime);
    await app.RunAsync(stopping);
});
