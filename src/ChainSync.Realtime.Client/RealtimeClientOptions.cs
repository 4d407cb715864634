using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChainSync.Realtime.Client;

/// <summary>Where to connect, as whom, and how patiently.</summary>
public sealed class RealtimeClientOptions
{
    /// <summary>The hub's address, <c>wss://…/ws</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>
    /// Gives a token that is good now, renewed if need be; null when nobody is signed in. Asked before every connection and before
    /// the present token ends. May throw while offline: that counts as a failed try.
    /// </summary>
    public required Func<CancellationToken, ValueTask<string?>> Token { get; init; }

    /// <summary>Failures in a row before giving up; null never gives up. Default 5.</summary>
    public int? MaxTries { get; init; } = 5;

    /// <summary>Upper bound of the first delay, doubled with every failure. Default 500 ms.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Upper bound of any delay. Default 30 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long opening and signing in may take together. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a quiet line may take to answer a ping, and a closing one to end. Default 5 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest frame taken from the hub, in bytes; a larger one ends the connection for good. Default 4 MiB.</summary>
    public int MaxFrameBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Knows the payloads of typed listeners that name no type information of their own: a source-generated context's options, or
    /// <c>JsonSerializerOptions.Web</c> where reflection is no matter. Default none.
    /// </summary>
    public JsonSerializerOptions? Json { get; init; }

    /// <summary>Time, for delays and deadlines. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Spreads delays: 0 ≤ n &lt; 1. Default random, so that ten thousand clients do not come back at once.</summary>
    public Func<double> Jitter { get; init; } = static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>Sets the socket up, for instance its proxy, headers or compression.</summary>
    public Action<ClientWebSocketOptions>? ConfigureSocket { get; init; }

    /// <summary>Told of what does not stop the client: frames that do not parse, listeners that throw, tries that fail.</summary>
    public Action<Exception>? OnFault { get; init; }

    internal JsonTypeInfo<T> InfoOf<T>() =>
        (JsonTypeInfo<T>?)Json?.GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"Name the type information of {typeof(T)}, or set Json.");
}
