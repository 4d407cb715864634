using System.Diagnostics;
using ChainSync.RealtimeBench.Clients;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench.Parts;

/// <summary>Publishes at a rate that does not wait for anyone.</summary>
internal static class Pace
{
    /// <returns>Milliseconds from an event's being due to each of its deliveries, all of which have come.</returns>
    public static IReadOnlyList<double> Run(Peer peer, Crowd crowd, Poller poller, int eventsPerSecond, TimeSpan duration)
    {
        var every = Stopwatch.Frequency / eventsPerSecond;
        var events = (int)(duration.TotalSeconds * eventsPerSecond);
        crowd.Latencies.Clear();
        crowd.DueAfter = crowd.Published;
        var start = Stopwatch.GetTimestamp() + every;
        for (var i = 0; i < events; i++)
        {
            var due = start + i * every;
            for (long now; (now = Stopwatch.GetTimestamp()) < due;) poller.Pump(Stopwatch.GetElapsedTime(now, due));
            crowd.Due.Add(due);
            peer.Publish(crowd, 1);
        }
        crowd.AwaitAll();
        crowd.Due.Clear();
        return crowd.Latencies;
    }
}
