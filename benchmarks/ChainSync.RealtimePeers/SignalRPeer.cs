using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ChainSync.RealtimePeers;

/// <summary>ASP.NET Core SignalR with its JSON protocol: a group per channel, sent to through the hub context.</summary>
internal sealed class SignalRPeer : IPeer
{
    private IHubContext<SalesHub>? _hub;

    public void AddTo(IServiceCollection services)
    {
        services.AddAuthentication(TokenHandler.Name).AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Name, null);
        services.AddAuthorization();
        services
            // The bench's clients send no keep-alives.
            .AddSignalR(options => options.ClientTimeoutInterval = TimeSpan.FromHours(1))
            .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default));
    }

    public void MapTo(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHub<SalesHub>("/hub", options => options.Transports = HttpTransportType.WebSockets);
        _hub = app.Services.GetRequiredService<IHubContext<SalesHub>>();
    }

    public async Task PublishAsync(string storeId, long first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var sale = SaleCreated.Of(storeId, first + i);
            await _hub!.Clients.Group(sale.Channel).SendAsync(sale.Type, sale);
        }
    }

    [Authorize]
    private sealed class SalesHub : Hub
    {
        public Task Subscribe(string channel) => Groups.AddToGroupAsync(Context.ConnectionId, channel);

        [SuppressMessage("Performance", "CA1822", Justification = "SignalR calls instance methods only.")]
        public string Ping() => "pong";
    }

    /// <summary>Checks the token where SignalR's clients put it when they open a WebSocket.</summary>
    private sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Name = "token";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            AccessToken.Verify(Request.Query["access_token"].ToString()) is var (user, _)
                ? AuthenticateResult.Success(new(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], Name)), Name))
                : AuthenticateResult.Fail("bad token"));
    }
}
