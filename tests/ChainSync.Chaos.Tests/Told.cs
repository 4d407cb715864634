using ChainSync.Realtime;

namespace ChainSync.Chaos.Tests;

/// <summary>An event of the log, and who is to get it.</summary>
internal sealed record Told
{
    public Told(HubEvent hubEvent) => (Event, Namespace) =
        (Received.Of(hubEvent.Channel, hubEvent.Seq, hubEvent.Part, hubEvent.Json.Span), hubEvent.Channel.Split(':')[0]);

    public Received Event { get; }

    public string Namespace { get; }

    /// <summary>The customer whose own it is; empty where it is nobody's.</summary>
    public Guid CustomerId { get; init; }

    /// <summary>Of the shelf: whether those who work in the store are told it in these words.</summary>
    public bool ForStaff { get; init; } = true;

    /// <summary>Of the shelf: whether customers are told it in these words.</summary>
    public bool ForCustomers { get; init; }
}
