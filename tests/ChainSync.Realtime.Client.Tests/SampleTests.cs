using System.Net.Http.Json;
using System.Threading.Channels;
using DepartureBoard;

namespace ChainSync.Realtime.Client.Tests;

/// <summary>The sample in samples/DepartureBoard does what its page says.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Who_watches_a_stop_sees_its_buses_come_and_go()
    {
        await using var app = Board.Create("--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var done = new CancellationTokenSource();
        using var screen = new Screen();
        var watching = Board.WatchAsync(new UriBuilder(app.Urls.Single()) { Scheme = "ws", Path = "/ws" }.Uri, "harbour", screen, done.Token);

        Assert.Equal("— harbour, 0 so far —", await screen.NextAsync());
        await TellAsync(http, "market/due", new("9", "Hill", 1));
        await TellAsync(http, "harbour/due", new("4", "Station", 3));
        await TellAsync(http, "harbour/left", new("4", "Station", 0));

        Assert.Equal("   4 Station in 3 min", await screen.NextAsync());
        Assert.Equal("   4 Station has left", await screen.NextAsync());
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    private static async Task TellAsync(HttpClient http, string what, Bus bus) =>
        (await http.PostAsJsonAsync($"/stops/{what}", bus, BusJson.Default.Bus)).EnsureSuccessStatusCode();

    private sealed class Screen : StringWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public Task<string> NextAsync() => _lines.Reader.NextAsync();

        public override Task WriteLineAsync(string? value) => _lines.Writer.WriteAsync(value!).AsTask();
    }
}
