using ChainSync.Server.Sync;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChainSync.Server.Data;

/// <summary>Wires the database and the one way to write to it.</summary>
public static class DataSetup
{
    // Every statement of ours is constant text, so each is planned once per connection.
    private const int PreparedStatements = 200;

    public static IServiceCollection AddData(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => Source(connectionString));
        services.AddSingleton(provider => new DbContextOptionsBuilder<ChainSyncDb>().UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).Options);
        return services.AddSingleton<LogSignal>().AddSingleton<StoreWriter>().AddScoped<ChainSyncDb>();
    }

    private static NpgsqlDataSource Source(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (PreparedStatements, 2);
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }
}
