using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using Xunit;

namespace ChainSync.EndToEnd;

/// <summary>The client of the hub works wherever there is a WebSocket: our pages are one such place, these are the others.</summary>
public sealed class ClientPlacesTests(Chromium chromium, Shop shop, ClientBundle bundle) : IClassFixture<Shop>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A worker that several tabs may share: it holds the one connection and passes on what it hears.</summary>
    private const string Worker = """
        onconnect = ({ ports: [port] }) => {
          port.onmessage = ({ data: { url, token, channel } }) => {
            const realtime = new Realtime({ url, token: async () => token, onFault: (fault) => port.postMessage(String(fault)) });
            const subscription = realtime.subscribe(channel, { onEvent: ({ type }) => port.postMessage(type) });
            setInterval(() => subscription.position && port.postMessage('following'), 20);
            realtime.connect();
          };
        };
        """;

    private const string StartWorker = """
        async ([script, url, token, channel]) => {
          const blob = new Blob([script], { type: 'text/javascript' });
          const worker = new SharedWorker(URL.createObjectURL(blob), { type: 'module' });
          window.heard = [];
          worker.port.onmessage = ({ data }) => window.heard.push(data);
          worker.port.postMessage({ url, token, channel });
        }
        """;

    private const string Program = """
        const [url, token, channel] = process.argv.slice(2);
        const realtime = new Realtime({ url, token: async () => token });
        const subscription = realtime.subscribe(channel, {
          onEvent: ({ type }) => {
            console.log(type);
            realtime.close();
            clearInterval(timer);
          },
        });
        const timer = setInterval(() => subscription.position && console.log('following'), 20);
        realtime.connect();
        """;

    [Fact]
    public async Task In_a_shared_worker_it_hears_what_happens_in_the_store()
    {
        using var http = await SignInAsync();
        // Our pages' policy allows no worker from a blob; what is tried here is the client, not the policy.
        await using var context = await chromium.Browser.NewContextAsync(new() { BypassCSP = true, BaseURL = shop.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");

        await page.EvaluateAsync(StartWorker, new[] { bundle.Text + Worker, Hub(), TokenOf(http), Channel });
        await page.WaitForFunctionAsync("window.heard.includes('following')", null, new() { Timeout = (float)Patience.TotalMilliseconds });
        await RenameAsync(http);

        await page.WaitForFunctionAsync("window.heard.includes('product:updated')", null, new() { Timeout = (float)Patience.TotalMilliseconds });
    }

    [Fact]
    public async Task In_Node_it_hears_what_happens_in_the_store()
    {
        using var http = await SignInAsync();
        var file = Path.Combine(Path.GetTempPath(), $"chainsync-listener-{Environment.ProcessId}.mjs");
        await File.WriteAllTextAsync(file, bundle.Text + Program);
        // Node has WebSocket of its own from 22 on; 20 wants to be asked.
        using var node = Process.Start(new ProcessStartInfo("node", ["--experimental-websocket", file, Hub(), TokenOf(http), Channel]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("following", await node.StandardOutput.ReadLineAsync().WaitAsync(Patience));
            await RenameAsync(http);

            var rest = await node.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            Assert.EndsWith("product:updated\n", rest, StringComparison.Ordinal);
            await node.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, node.ExitCode);
        }
        finally
        {
            if (!node.HasExited) node.Kill();
            File.Delete(file);
        }
    }

    private static string Channel => $"store:{Shop.First}";

    private static string TokenOf(HttpClient http) => http.DefaultRequestHeaders.Authorization!.Parameter!;

    private string Hub() => new UriBuilder(shop.Address) { Scheme = "ws", Path = "/ws" }.Uri.ToString();

    private async Task<HttpClient> SignInAsync()
    {
        var http = new HttpClient { BaseAddress = shop.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await shop.TokenAsync(Shop.Manager));
        return http;
    }

    private async Task RenameAsync(HttpClient http)
    {
        var product = await http.GetFromJsonAsync<JsonElement>($"/api/stores/{Shop.First}/products/by-barcode/{Shop.Barcode(0)}");
        var name = $"Renamed {Ids.New(shop.Clock)}";
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/stores/{Shop.First}/products/{product.GetProperty("id").GetString()}")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { name }), Encoding.UTF8, "application/merge-patch+json"),
        };
        request.Headers.Add("Idempotency-Key", Ids.New(shop.Clock).ToString());
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
