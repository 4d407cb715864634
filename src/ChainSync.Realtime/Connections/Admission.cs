using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ChainSync.Realtime.Connections;

/// <summary>Counts connections in all and per address, before any of them costs an upgrade.</summary>
internal sealed class Admission(HubOptions options)
{
    private const int SubnetBytes = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private int _count;

    /// <summary>Takes a place. Null when granted, else the HTTP status of the refusal.</summary>
    public int? TryEnter(IPAddress address)
    {
        lock (_gate)
        {
            if (_count >= options.MaxConnections) return StatusCodes.Status503ServiceUnavailable;
            var held = _perAddress.GetValueOrDefault(address);
            if (held >= options.MaxConnectionsPerAddress) return StatusCodes.Status429TooManyRequests;
            _perAddress[address] = held + 1;
            _count++;
            return null;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(IPAddress address)
    {
        lock (_gate)
        {
            _count--;
            if (--_perAddress[address] == 0) _perAddress.Remove(address);
        }
    }

    /// <summary>What counts as one address: an IPv4 address, or the /64 an IPv6 subscriber is given as a whole.</summary>
    public static IPAddress Key(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, SubnetBytes, bytes.Length - SubnetBytes);
        return new(bytes);
    }
}
