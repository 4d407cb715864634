using System.Text.Json;
using System.Threading.Channels;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>A client of a fake hub with a clock that stands still, and a record of what it was told.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly Channel<RealtimeState> _states = Channel.CreateUnbounded<RealtimeState>();

    public Session(Func<RealtimeClientOptions, RealtimeClientOptions>? configure = null, Func<CancellationToken, ValueTask<string?>>? token = null, int? maxTries = 5, Uri? address = null)
    {
        var options = new RealtimeClientOptions
        {
            Address = address ?? Hub.Address,
            Token = token ?? (_ => new("t1")),
            Clock = Clock,
            Jitter = () => 0.5,
            MaxTries = maxTries,
            Json = new(JsonSerializerDefaults.Web) { TypeInfoResolver = TestJson.Default },
            OnFault = fault => Faults.Writer.TryWrite(fault),
        };
        Client = new(configure?.Invoke(options) ?? options);
        Client.StateChanged += (_, state) => _states.Writer.TryWrite(state);
    }

    public FakeHub Hub { get; } = new();

    public TestClock Clock { get; } = new();

    public RealtimeClient Client { get; }

    public Channel<Exception> Faults { get; } = Channel.CreateUnbounded<Exception>();

    /// <summary>Reads states up to the next of this status.</summary>
    public async Task<RealtimeState> UntilAsync(RealtimeStatus status)
    {
        while (true)
        {
            var state = await _states.Reader.NextAsync();
            if (state.Status == status) return state;
        }
    }

    /// <summary>Waits until the client waits to try again, and lets that time pass.</summary>
    public async Task<RealtimeState> PassWaitAsync()
    {
        var waiting = await UntilAsync(RealtimeStatus.Waiting);
        await Clock.WhenArmedAsync();
        Clock.Advance(waiting.RetryIn);
        return waiting;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Close();
        Hub.Dispose();
        // A line that the test holds open answers no goodbye; its time passes here.
        var closing = Client.CloseAsync();
        while (!closing.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(closing, Task.Delay(1));
        }
        await closing;
    }
}

/// <summary>What a subscription was told, as text: <c>4.1</c> an event, <c>→9</c> progress, <c>!20</c> a resync, <c>×code</c> a refusal.</summary>
internal sealed class Record
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public void Listen(RealtimeSubscription subscription) => subscription.OnMessage((message, _) =>
    {
        _lines.Writer.TryWrite(TextOf(message));
        return ValueTask.CompletedTask;
    });

    public static string TextOf(RealtimeMessage message) => message switch
    {
        RealtimeEvent e => $"{e.Seq}.{e.Part}",
        RealtimeProgress p => $"→{p.Position.Seq}",
        RealtimeResync r => $"!{r.Position.Seq}",
        RealtimeRefusal r => $"×{r.Code}",
        _ => throw new InvalidOperationException(message.GetType().Name),
    };

    /// <summary>The next lines must be these.</summary>
    public async Task ExpectAsync(params IEnumerable<string> expected)
    {
        foreach (var line in expected) Assert.Equal(line, await _lines.Reader.NextAsync());
    }

    /// <summary>Nothing more has come.</summary>
    public void ExpectNothing() => Assert.False(_lines.Reader.TryRead(out var line), $"unexpected {line}");
}
