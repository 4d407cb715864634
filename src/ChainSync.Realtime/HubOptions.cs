using Microsoft.Extensions.Options;

namespace ChainSync.Realtime;

/// <summary>Every limit and interval of the hub. The defaults hold ten thousand clients on a laptop.</summary>
public sealed class HubOptions
{
    /// <summary>Time between two heartbeats to one connection: a protocol ping and a <c>heartbeat</c> frame. Default 30 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a peer may stay silent after a ping before it counts as gone. Default 5 s; less than <see cref="PingInterval"/>.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a new connection may take to authenticate. Default 10 s.</summary>
    public TimeSpan AuthTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection lives on after its token expired, so that a refresh in flight can arrive. Default 25 s.</summary>
    public TimeSpan TokenGrace { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Connections in all; one more is refused with 503 before the upgrade. Default 10,000.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Connections per client address (per /64 for IPv6); one more is refused with 429. Default 200: a shop sits behind one address.</summary>
    public int MaxConnectionsPerAddress { get; set; } = 200;

    /// <summary>Frames a client may send per minute, with bursts up to the same number. Default 100.</summary>
    public int MaxFramesPerMinute { get; set; } = 100;

    /// <summary>Largest message a client may send, over all its fragments. Default 1 MiB.</summary>
    public int MaxMessageBytes { get; set; } = 1 << 20;

    /// <summary>Channels one connection may hold. Default 1,000.</summary>
    public int MaxSubscriptions { get; set; } = 1_000;

    /// <summary>
    /// Whether clients that offer <c>permessage-deflate</c> (RFC 7692) get their events compressed. An event is compressed once for all
    /// of them. Default false: it saves traffic and costs processor time at both ends.
    /// </summary>
    public bool EnableCompression { get; set; }

    /// <summary>
    /// Bytes that may wait for one connection. A burst beyond it sends a reader that is reading to the log, to follow at its own
    /// pace; a reader that has taken nothing for a second is closed. Default 1 MiB.
    /// </summary>
    public int SendBudgetBytes { get; set; } = 1 << 20;

    /// <summary>How long one write may make no progress before the reader is closed as slow. Default 10 s.</summary>
    public TimeSpan WriteDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closing connection may take before it is cut. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Origins (<c>scheme://host[:port]</c>) allowed besides the hub's own. Default none; <c>*</c> allows all.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Events kept in memory per stream for resuming clients. Default 1,024.</summary>
    public int RingEvents { get; set; } = 1_024;

    /// <summary>Bytes of events kept in memory per stream. Default 256 KiB; at most half of <see cref="SendBudgetBytes"/>.</summary>
    public int RingBytes { get; set; } = 256 << 10;

    /// <summary>How many log positions a client may be behind and still be replayed to; further back means <c>resync</c>. Default 10,000.</summary>
    public long MaxReplay { get; set; } = 10_000;

    /// <summary>Log positions asked of the history at a time. Default 256.</summary>
    public int HistoryPage { get; set; } = 256;

    /// <summary>History reads that may run at once, so that a mass reconnect cannot flood the database. Default 4.</summary>
    public int HistoryReaders { get; set; } = 4;

    /// <summary>Connections told to leave at a time while draining, ten such batches a second. Default 500.</summary>
    public int DrainBatch { get; set; } = 500;

    /// <summary>The longest random delay a drained client is told to wait before it reconnects. Default 5 s.</summary>
    public TimeSpan ReconnectSpread { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest a drain may take before the rest is cut. Default 25 s, inside the host's 30 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);
}

internal sealed class HubOptionsValidator : IValidateOptions<HubOptions>
{
    public ValidateOptionsResult Validate(string? name, HubOptions options)
    {
        var failures = new List<string>();
        Positive(options.MaxConnections, nameof(options.MaxConnections));
        Positive(options.MaxConnectionsPerAddress, nameof(options.MaxConnectionsPerAddress));
        Positive(options.MaxFramesPerMinute, nameof(options.MaxFramesPerMinute));
        Positive(options.MaxMessageBytes, nameof(options.MaxMessageBytes));
        Positive(options.MaxSubscriptions, nameof(options.MaxSubscriptions));
        Positive(options.SendBudgetBytes, nameof(options.SendBudgetBytes));
        Positive(options.RingEvents, nameof(options.RingEvents));
        Positive(options.RingBytes, nameof(options.RingBytes));
        Positive(options.MaxReplay, nameof(options.MaxReplay));
        Positive(options.HistoryPage, nameof(options.HistoryPage));
        Positive(options.HistoryReaders, nameof(options.HistoryReaders));
        Positive(options.DrainBatch, nameof(options.DrainBatch));
        Positive(options.PingInterval.Ticks, nameof(options.PingInterval));
        Positive(options.PongTimeout.Ticks, nameof(options.PongTimeout));
        Positive(options.AuthTimeout.Ticks, nameof(options.AuthTimeout));
        Positive(options.TokenGrace.Ticks + 1, nameof(options.TokenGrace));
        Positive(options.WriteDeadline.Ticks, nameof(options.WriteDeadline));
        Positive(options.CloseTimeout.Ticks, nameof(options.CloseTimeout));
        Positive(options.ReconnectSpread.Ticks, nameof(options.ReconnectSpread));
        Positive(options.DrainTimeout.Ticks, nameof(options.DrainTimeout));
        if (options.PongTimeout >= options.PingInterval)
            failures.Add($"Hub {nameof(options.PongTimeout)} must be shorter than {nameof(options.PingInterval)}.");
        if (options.RingBytes > options.SendBudgetBytes / 2)
            failures.Add($"Hub {nameof(options.RingBytes)} must be at most half of {nameof(options.SendBudgetBytes)}.");
        foreach (var origin in options.AllowedOrigins.Where(origin => origin != "*" && !IsOrigin(origin)))
            failures.Add($"Hub {nameof(options.AllowedOrigins)} holds '{origin}', which is not scheme://host[:port].");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Positive(long value, string property)
        {
            if (value <= 0) failures.Add($"Hub {property} must be greater than zero.");
        }
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);
}
