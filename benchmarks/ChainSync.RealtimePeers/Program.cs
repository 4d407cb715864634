using System.Globalization;
using System.Net;
using ChainSync.RealtimePeers;

// RealtimePeers NAME CONTROL-PORT: serves one hub and does what the bench says on the control connection.
IPeer peer = args[0] switch
{
    "chainsync" => new ChainSyncPeer(),
    "signalr" => new SignalRPeer(),
    "kestrel" => new SocketLoopPeer(handFramed: false),
    "framed" => new SocketLoopPeer(handFramed: true),
    var name => throw new ArgumentException($"There is no peer '{name}'."),
};
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, peer.Listen));
peer.AddTo(builder.Services);

await using var app = builder.Build();
peer.MapTo(app);
await app.StartAsync();
await using var control = await Control.ConnectAsync(int.Parse(args[1], CultureInfo.InvariantCulture));
await control.RunAsync(peer, new Uri(app.Urls.Single()).Port);
