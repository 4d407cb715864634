using ChainSync.Server.Data;
using Npgsql;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// Loads the secrets and the ended sessions before the first request, then follows what other nodes end and throws away
/// what has no more use.
/// </summary>
public sealed partial class IdentityService(
    NpgsqlDataSource dataSource, ServerSecrets secrets, Passwords passwords, RevokedSessions revoked, IdentityOptions options,
    TimeProvider clock, ILogger<IdentityService> logger) : BackgroundService
{
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromHours(1);

    // Ended sessions must stay for other nodes to see; attempts until they are forgotten.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    // A session is stamped before it is committed, and nodes' clocks differ: each poll looks back over what the last one may have missed.
    private TimeSpan Overlap => options.ClockSkew + TimeSpan.FromSeconds(30);

    private TimeSpan TokenLife => options.AccessTokenLifetime + (2 * options.ClockSkew);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await secrets.LoadAsync(cancellationToken);
        await FollowAsync(clock.GetUtcNow() - TokenLife, cancellationToken);
        passwords.Prepare();
        if (!await HasAccountAsync(cancellationToken)) LogNobody(logger);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (followed, cleaned) = (clock.GetUtcNow(), clock.GetUtcNow());
        using var timer = new PeriodicTimer(options.RevocationPollInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            try
            {
                await FollowAsync(followed - Overlap, stoppingToken);
                followed = now;
                revoked.RemoveEndedBefore(now - TokenLife);
                if (now - cleaned < CleaningInterval) continue;
                await CleanAsync(now, stoppingToken);
                cleaned = now;
            }
            catch (NpgsqlException e)
            {
                LogUnreachable(logger, e); // the next tick looks back to the last success
            }
        }
    }

    private async Task FollowAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select id, ended_at from sessions where ended_at > $1");
        command.Parameters.Add(new() { Value = since.ToMilliseconds() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) revoked.Add(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task<bool> HasAccountAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select exists (select from accounts)");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task CleanAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var sql in new[]
        {
            "delete from sessions where expires_at < $1 or ended_at < $1",
            "delete from refresh_tokens where expires_at < $1",
            "delete from sign_in_attempts where last_at < $1",
        })
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = (now - KeptFor).ToMilliseconds() } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(2002, LogLevel.Warning, "Ended sessions could not be read; trying again")]
    private static partial void LogUnreachable(ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "Nobody can sign in yet: make the first administrator with ./run account create EMAIL (and this start's --data DIR)")]
    private static partial void LogNobody(ILogger logger);
}
