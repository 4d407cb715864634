using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChainSync.Server.Infrastructure.Startup;

/// <summary>Looks at the port before the database is started, so that a taken port costs no time and reads as one sentence.</summary>
public static class ListenAddresses
{
    /// <exception cref="StartupException">An address of <c>urls</c> is taken, or may not be used.</exception>
    public static void EnsureFree(IConfiguration configuration)
    {
        var urls = configuration["urls"] ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            // Kestrel itself judges Unix sockets, host names and port 0.
            if (!address.IsUnixPipe && address.Port != 0 && TryParseHost(address.Host) is { } host)
                EnsureFree(host, address.Port);
        }
    }

    private static IPAddress? TryParseHost(string host) =>
        host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null;

    private static void EnsureFree(IPAddress host, int port)
    {
        using var listener = new TcpListener(host, port);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new StartupException(Explain(exception, port.ToString(CultureInfo.InvariantCulture)), exception);
        }
    }

    private static string Explain(SocketException exception, string port) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"Port {port} is already in use; stop what uses it, or choose another with --port.",
        SocketError.AccessDenied => $"Port {port} may not be used by this user; choose one above 1023 with --port.",
        _ => $"Port {port} cannot be used: {exception.Message}.",
    };
}
