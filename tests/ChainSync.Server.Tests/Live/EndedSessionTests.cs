using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>Whoever is signed out hears nothing more, although their access token has minutes left.</summary>
public sealed class EndedSessionTests : IAsyncLifetime
{
    private const string Email = "boss@example.com";
    private const string Password = "correct horse battery";

    private ApiHost _host = null!;

    // Real time: the hub looks at its connections some times a second.
    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(await TestChain.CreateAsync(), TimeProvider.System);
        var command = new CreateAccount(Ids.New(TimeProvider.System), Email, "Boss", Role.Admin, [], Password);
        var create = _host.Services.GetRequiredService<CreateAccountHandler>();
        Assert.True((await create.HandleAsync(command, Ids.New(TimeProvider.System), Caller.System, CancellationToken.None)).IsAccepted);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _host.Chain.DisposeAsync();
    }

    [Fact]
    public async Task Signing_out_closes_that_sessions_sockets_and_no_others()
    {
        using var phone = await SignInAsync();
        using var desk = await SignInAsync();
        await using var phoneSocket = await HubClient.ConnectAsync(_host.Address, phone.Token);
        await using var secondSocket = await HubClient.ConnectAsync(_host.Address, phone.Token);
        await using var deskSocket = await HubClient.ConnectAsync(_host.Address, desk.Token);

        await phone.PostAsync("/api/auth/logout");

        await AssertRevokedAsync(phoneSocket);
        await AssertRevokedAsync(secondSocket);
        await deskSocket.SendAsync("""{"type":"ping"}""");
        await deskSocket.UntilAsync("pong");
    }

    [Fact]
    public async Task Signing_out_everywhere_closes_all_of_the_persons_sockets()
    {
        using var phone = await SignInAsync();
        using var desk = await SignInAsync();
        await using var phoneSocket = await HubClient.ConnectAsync(_host.Address, phone.Token);
        await using var deskSocket = await HubClient.ConnectAsync(_host.Address, desk.Token);

        await phone.PostAsync("/api/auth/logout-everywhere");

        await AssertRevokedAsync(phoneSocket);
        await AssertRevokedAsync(deskSocket);
    }

    [Fact]
    public async Task A_stolen_refresh_token_that_is_found_out_closes_the_sessions_sockets()
    {
        using var owner = await SignInAsync();
        await using var socket = await HubClient.ConnectAsync(_host.Address, owner.Token);
        var stolen = owner.Cookie;
        Assert.Equal(HttpStatusCode.OK, await owner.PostAsync("/api/auth/refresh"));
        Assert.Equal(HttpStatusCode.OK, await owner.PostAsync("/api/auth/refresh"));
        owner.Cookie = stolen;

        Assert.Equal(HttpStatusCode.Unauthorized, await owner.PostAsync("/api/auth/refresh"));

        await AssertRevokedAsync(socket);
    }

    private static async Task AssertRevokedAsync(HubClient socket)
    {
        var closed = await Assert.ThrowsAsync<InvalidOperationException>(() => socket.UntilAsync("nothing"));
        Assert.StartsWith("Closed: 4503", closed.Message, StringComparison.Ordinal);
    }

    private async Task<SignedInClient> SignInAsync()
    {
        var client = new SignedInClient(_host.Address);
        Assert.Equal(HttpStatusCode.OK, await client.PostAsync("/api/auth/login", $$"""{"email":"{{Email}}","password":"{{Password}}"}"""));
        return client;
    }

    private sealed class SignedInClient(Uri server) : IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server };

        public string Token { get; private set; } = "";

        public string Cookie { get; set; } = "";

        public async Task<HttpStatusCode> PostAsync(string path, string body = "")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (Cookie.Length > 0) request.Headers.Add("Cookie", Cookie);
            if (Token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            using var answer = await _http.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Token = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("accessToken").GetString()!;
                Cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            }
            return answer.StatusCode;
        }

        public void Dispose() => _http.Dispose();
    }
}
