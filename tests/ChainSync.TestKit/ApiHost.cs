using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.Server.Infrastructure.Startup;
using ChainSync.Server.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChainSync.TestKit;

/// <summary>The whole server on a port of its own, with a chain's database and clock.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsChain;

    private ApiHost(WebApplication app, TestChain chain, bool ownsChain) => (_app, Chain, _ownsChain) = (app, chain, ownsChain);

    public TestChain Chain { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server on a new chain, or on one that other servers share; settings are as they would be in the environment.</summary>
    public static async Task<ApiHost> StartAsync(
        TestChain? chain = null, TimeProvider? clock = null, params IReadOnlyList<(string Name, string Value)> settings)
    {
        var shared = chain ?? await TestChain.CreateAsync();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            [new("Identity:PasswordIterations", "1000"), .. settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))]);
        FlatSettings.Apply(builder.Configuration);
        HubPort.Listen(builder.Configuration);
        builder.Services.AddSingleton(clock ?? shared.Clock);
        builder.Services.AddChainSync(shared.Database.ConnectionString);
        var app = builder.Build();
        app.UseChainSync();
        await app.StartAsync();
        return new ApiHost(app, shared, ownsChain: chain is null);
    }

    /// <summary>An access token for somebody of this role in these stores.</summary>
    public string Token(Role role, params IReadOnlyList<Guid> stores)
    {
        var person = new Person(Ids.New(Chain.Clock), null, role.ToString(), role, [.. stores], null, SecretHash: "");
        return Services.GetRequiredService<TokenIssuer>().Issue(person, Ids.New(Chain.Clock)).Token;
    }

    /// <summary>A client that is signed in as somebody of this role in these stores.</summary>
    public HttpClient Client(Role role, params IReadOnlyList<Guid> stores)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(role, stores));
        return client;
    }

    /// <summary>A client that is not signed in.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>Sends a write with an operation id of its own, or with the given one.</summary>
    public async Task<ApiAnswer> SendAsync(HttpClient client, HttpMethod method, string path, string body, Guid? operationId = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", (operationId ?? Ids.New(Chain.Clock)).ToString());
        return await ApiAnswer.OfAsync(await client.SendAsync(request));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsChain) await Chain.DisposeAsync();
    }
}

/// <summary>What came back: status, headers and the body read.</summary>
public sealed record ApiAnswer(int Status, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The problem's code, or null.</summary>
    public string? Code => Status >= 400 && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public static async Task<ApiAnswer> OfAsync(HttpResponseMessage response)
    {
        using (response) return new ApiAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}
