using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using ChainSync.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChainSync.Chaos.Tests;

/// <summary>Two server processes on one durable database, and whoever's token is wanted.</summary>
internal sealed class Chain : IAsyncDisposable
{
    /// <summary>How long a node may not know that another one has ended a session.</summary>
    public static readonly TimeSpan RevocationPollInterval = TimeSpan.FromSeconds(1);

    private const int NodeCount = 2;

    private readonly Node[] _nodes;
    private readonly ServerSecrets _secrets;
    private readonly Random _random;

    private Chain(TestChain chain, ServerSecrets secrets, Random random)
    {
        (Test, _secrets, _random) = (chain, secrets, random);
        _nodes = [.. Enumerable.Range(0, NodeCount).Select(_ => new Node(chain))];
    }

    public TestChain Test { get; }

    public int Kills { get; private set; }

    public int Drains { get; private set; }

    public static async Task<Chain> StartAsync(Random random)
    {
        var test = await TestChain.CreateAsync(durable: true);
        var secrets = new ServerSecrets(test.Source, TimeProvider.System);
        await secrets.LoadAsync(CancellationToken.None);
        var chain = new Chain(test, secrets, random);
        await chain.AllUpAsync();
        return chain;
    }

    /// <summary>The port of some server that is, or was a moment ago, up.</summary>
    public int? PickPort()
    {
        var up = _nodes.Select(n => n.Port).OfType<int>().ToList();
        lock (_random) return up.Count == 0 ? null : up[_random.Next(up.Count)];
    }

    /// <summary>A token for this person, good for so long.</summary>
    public string Token(Person person, TimeSpan lifetime, Guid? sessionId = null) =>
        new TokenIssuer(_secrets, new IdentityOptions { AccessTokenLifetime = lifetime }, TimeProvider.System).Issue(person, sessionId ?? Ids.New(TimeProvider.System)).Token;

    /// <summary>Begins a session that can be ended: its id, and the refresh token that ends it.</summary>
    public async Task<(Guid Id, string RefreshToken)> SignInAsync(Person person)
    {
        var sessions = new Sessions(Test.Source, new RevokedSessions(), new IdentityOptions(), TimeProvider.System, NullLogger<Sessions>.Instance);
        var (session, token) = await sessions.StartAsync(person.Id, register: null, ip: null, CancellationToken.None);
        return (session.Id, token.Text);
    }

    /// <summary>Signs a session out at some server, and answers when that is done.</summary>
    public async Task SignOutAsync(string refreshToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(10) };
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{PickPort() ?? throw new HttpRequestException("no server is up")}/api/auth/logout");
                request.Headers.Add("Cookie", $"{RefreshCookie.Name}={refreshToken}");
                using var answer = await http.SendAsync(request);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // A server that was just killed; the next one will do it.
            }
            // Not to wait for a state: only so that asking again does not starve the servers that are coming up.
            await Task.Delay(100);
        }
    }

    public static Person Somebody(Role role, Guid? customerId, params Guid[] stores) =>
        new(Ids.New(TimeProvider.System), null, role.ToString(), role, role == Role.Admin ? [] : stores, customerId, SecretHash: "");

    /// <summary>Kills servers without warning, or tells them to stop, and starts them again.</summary>
    public async Task TormentAsync(Random random, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            // The rhythm of the faults is drawn by the seed; nothing is expected to have happened by then.
            await Task.Delay(random.Next(1_000, 6_000), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            // Mostly one, now and then all of them at once.
            var (victim, all, kill) = (random.Next(NodeCount), random.Next(5) == 0, random.Next(3) > 0);
            var victims = _nodes.Where((_, i) => all || i == victim).ToList();
            if (kill) Kills += victims.Count;
            else Drains += victims.Count;
            await Task.WhenAll(victims.Select(n => n.StopAsync(kill)));
            await Task.WhenAll(victims.Select(n => n.StartAsync()));
        }
    }

    public Task AllUpAsync() => Task.WhenAll(_nodes.Select(n => n.StartAsync()));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_nodes.Select(n => n.StopAsync(kill: true)));
        await Test.DisposeAsync();
    }

    private sealed class Node(TestChain chain)
    {
        private ServerProcess? _server;

        public int? Port { get; private set; }

        public async Task StartAsync()
        {
            if (_server is not null) return;
            _server = ServerProcess.Start(Path.GetTempPath(), [
                ("ConnectionStrings:ChainSync", chain.Database.ConnectionString),
                ("Identity:RevocationPollInterval", RevocationPollInterval.ToString()),
                ("Logging:LogLevel:Default", "Warning"), ("Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information")]);
            Port = (await _server.Address).Port;
        }

        public async Task StopAsync(bool kill)
        {
            if (_server is null) return;
            if (kill) await _server.KillAsync();
            await _server.DisposeAsync();
            (_server, Port) = (null, null);
        }
    }
}
