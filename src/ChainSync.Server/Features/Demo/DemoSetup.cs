using ChainSync.Server.Features.Stores;

namespace ChainSync.Server.Features.Demo;

/// <summary>The demo chain: three shops with a month behind them. Off unless <c>Demo:Enabled</c> says otherwise.</summary>
public static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services.AddSingleton<CreateStore>().AddSingleton<DemoSeed>();

    /// <summary>Seeds the demo where it is enabled and the chain is empty. Needs a migrated database.</summary>
    /// <returns>Whether the demo is enabled.</returns>
    public static async Task<bool> SeedDemoAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        if (!app.Configuration.GetValue("Demo:Enabled", false)) return false;
        await app.Services.GetRequiredService<DemoSeed>().RunAsync(cancellationToken);
        return true;
    }
}
