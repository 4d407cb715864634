using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ChainSync.Core.Identity;
using ChainSync.Server.Data;
using Npgsql;

namespace ChainSync.Server.Features.Identity;

/// <summary>Makes guessing slow: counts failed sign-ins per account, per till and per network address, and locks what fails often.</summary>
public sealed class SignInAttempts(NpgsqlDataSource dataSource, IdentityOptions options, TimeProvider clock)
{
    /// <summary>The guard of an account, whether there is one with this address or not.</summary>
    public Guard Account(string email) =>
        new("account:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Core.Identity.Account.NormalEmail(email)))), options.AccountFreeFailures);

    /// <summary>The guard of a till.</summary>
    public Guard Register(SignInWithPin request) => new($"register:{request.StoreId}/{request.RegisterId}", options.RegisterFreeFailures);

    /// <summary>The guard of a network address: of an IPv6 address its /64, which one customer of a provider has whole.</summary>
    public Guard Address(IPAddress? address) => new("address:" + NetworkOf(address), options.AddressFreeFailures);

    /// <summary>Counts an attempt as failed until it is known to be right.</summary>
    /// <returns>Zero when it may be made, else how long to wait.</returns>
    public async Task<TimeSpan> TakeAsync(Guard guard, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToMilliseconds();
        await using var command = dataSource.CreateCommand("select take_sign_in_attempt($1, $2, $3, $4, $5, $6)");
        foreach (var value in new object[] { guard.Key, now, guard.FreeFailures, options.FirstWait, options.LongestWait, options.FailureForgottenAfter })
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime until ? new DateTimeOffset(until) - now : TimeSpan.Zero;
    }

    /// <summary>
    /// Takes one attempt back, because it was right. The others stay: who knows one right PIN or password could otherwise
    /// wipe out the count of their guesses at others.
    /// </summary>
    public Task GiveBackAsync(Guard guard, CancellationToken cancellationToken) => ExecuteAsync(
        "update sign_in_attempts set level = greatest(0, level - 1), locked_until = $2 where key = $1", guard, cancellationToken);

    /// <summary>Forgets all failures: the account's owner has come.</summary>
    public Task ForgetAsync(Guard guard, CancellationToken cancellationToken) => ExecuteAsync(
        "update sign_in_attempts set level = 0, locked_until = $2 where key = $1", guard, cancellationToken);

    private async Task ExecuteAsync(string sql, Guard guard, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = guard.Key });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().ToMilliseconds() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) + "/64"
            : address.ToString();
    }

    /// <summary>Something that is guessed at.</summary>
    /// <param name="Key">Its row.</param>
    /// <param name="FreeFailures">How many failures cost no wait.</param>
    public sealed record Guard(string Key, int FreeFailures);
}
