using ChainSync.Realtime;
using ChainSync.Realtime.Client;

namespace DepartureBoard;

/// <summary>The two ends of a board: a server of stops, and somebody who watches one.</summary>
public static class Board
{
    /// <summary>A server; <c>POST /stops/{stop}/{due|left}</c> with a bus tells everybody who watches the stop.</summary>
    public static WebApplication Create(params string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, BusJson.Default));
        builder.Services.AddSingleton<BusLog>().AddSingleton<IHubHistory>(services => services.GetRequiredService<BusLog>());
        builder.Services.AddHub<Passengers, BusLog>();
        // One frame to each of many is cheaper when whoever flushes it sends it.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseDirectSend()));
        var app = builder.Build();
        var inOrder = new Lock();
        app.MapHub("/ws");
        app.MapPost("/stops/{stop}/{what}", (string stop, string what, Bus bus, BusLog log, Hub hub) =>
        {
            if (what is not ("due" or "left")) return Results.NotFound();
            // Rows are published in the order in which they were written.
            lock (inOrder) hub.Publish(log.Write(stop, "bus:" + what, bus));
            return Results.NoContent();
        });
        return app;
    }

    /// <summary>Prints what comes and goes at a stop, from now on, whatever the network does.</summary>
    public static async Task WatchAsync(Uri hub, string stop, TextWriter to, CancellationToken cancellationToken)
    {
        await using var client = new RealtimeClient(new() { Address = hub, Token = _ => new("watcher"), MaxTries = null });
        await client.ConnectAsync(cancellationToken);
        await foreach (var message in client.ReadAllAsync($"departures:{stop}", cancellationToken: cancellationToken))
        {
            if (message is RealtimeProgress { Position.Seq: var seq }) await to.WriteLineAsync($"— {stop}, {seq} so far —");
            if (message is RealtimeEvent e && e.ReadData(BusJson.Default.Bus) is { } bus)
                await to.WriteLineAsync(e.Type == "bus:left" ? $"{bus.Line,4} {bus.To} has left" : $"{bus.Line,4} {bus.To} in {bus.InMinutes} min");
        }
    }
}
