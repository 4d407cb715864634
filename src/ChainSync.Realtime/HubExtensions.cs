using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using ChainSync.Realtime.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChainSync.Realtime;

/// <summary>Puts the hub into an ASP.NET Core program: <c>AddHub</c>, <c>MapHub</c>, and a loop that calls <see cref="Hub.Publish"/>.</summary>
public static class HubExtensions
{
    /// <summary>Registers the hub, checked options, and the drain at shutdown.</summary>
    /// <typeparam name="TAuthority">Who may connect and see what.</typeparam>
    /// <typeparam name="THistory">The durable log.</typeparam>
    public static IServiceCollection AddHub<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthority,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THistory>(
        this IServiceCollection services, Action<HubOptions>? configure = null)
        where TAuthority : class, IHubAuthority
        where THistory : class, IHubHistory
    {
        services.AddOptions<HubOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HubOptions>, HubOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHubAuthority, TAuthority>();
        services.TryAddSingleton<IHubHistory, THistory>();
        services.TryAddSingleton(static provider => new Hub(
            provider.GetRequiredService<IOptions<HubOptions>>().Value,
            provider.GetRequiredService<IHubAuthority>(),
            provider.GetRequiredService<IHubHistory>(),
            provider.GetRequiredService<TimeProvider>(),
            new HubMetrics(provider.GetRequiredService<IMeterFactory>()),
            provider.GetRequiredService<ILogger<Hub>>(),
            provider.GetService<IHubPublishing>(),
            provider.GetService<IHubPresence>()));
        services.TryAddSingleton<IHubFanOut>(static provider => provider.GetRequiredService<Hub>());
        services.AddHostedService<HubDrain>();
        return services;
    }

    /// <summary>Serves the hub at a path.</summary>
    /// <param name="routes">The program's routes.</param>
    /// <param name="path">The path, such as <c>/ws</c>. May be called for several.</param>
    /// <param name="plain">Answers requests at the same path that ask for no WebSocket; by default they get 426.</param>
    public static IEndpointConventionBuilder MapHub(this IEndpointRouteBuilder routes, string path, RequestDelegate? plain = null)
    {
        var endpoint = new HubEndpoint(routes.ServiceProvider.GetRequiredService<Hub>(), plain);
        return routes.Map(path, endpoint.HandleAsync).WithDisplayName($"hub {path}");
    }
}

/// <summary>Drains the hub before the web server stops, while its connections still work.</summary>
internal sealed class HubDrain(Hub hub) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => hub.DrainAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
