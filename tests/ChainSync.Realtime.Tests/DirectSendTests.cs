using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ChainSync.Realtime.Tests;

/// <summary>A whole web server that sends directly: the hub is not all that it serves.</summary>
public sealed class DirectSendTests
{
    private const int Requests = 16;

    private static readonly byte[] Body = RandomNumberGenerator.GetBytes(3 << 20);

    [Theory]
    [InlineData(HttpProtocols.Http1, false)]
    [InlineData(HttpProtocols.Http1, true)]
    [InlineData(HttpProtocols.Http2, false)]
    [InlineData(HttpProtocols.Http2, true)]
    public async Task Answers_larger_than_any_buffer_arrive_whole(HttpProtocols protocols, bool tls)
    {
        using var certificate = tls ? SelfSigned() : null;
        await using var app = await StartAsync(protocols, certificate);
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate?.GetCertHashString() } })
        {
            BaseAddress = new Uri(app.Urls.Single()),
            DefaultRequestVersion = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var bodies = await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => http.GetByteArrayAsync("/", TestContext.Current.CancellationToken)));

        Assert.All(bodies, body => Assert.True(body.AsSpan().SequenceEqual(Body)));
    }

    [Fact]
    public async Task A_request_that_is_aborted_half_way_ends_at_the_server()
    {
        var ended = new TaskCompletionSource();
        await using var app = await StartAsync(HttpProtocols.Http1, null, async context =>
        {
            try
            {
                while (true) await context.Response.Body.WriteAsync(Body, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                ended.SetResult();
            }
        });
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using (await http.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            // Nothing of the endless body is read.
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(HttpProtocols protocols, X509Certificate2? certificate, RequestDelegate? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseDirectSend());
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                if (certificate is not null) listen.UseHttps(certificate);
            });
        });
        var app = builder.Build();
        app.Run(answer ?? (context => context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask()));
        await app.StartAsync();
        return app;
    }

    internal static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
