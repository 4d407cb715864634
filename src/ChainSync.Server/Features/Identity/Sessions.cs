using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChainSync.Core;
using ChainSync.Server.Data;
using Npgsql;
using NpgsqlTypes;
using static ChainSync.Server.Data.Parameters;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// Sessions and their refresh tokens. Each use of a token gives out a new one, its child. A token may be used again until
/// a child of it is used: so a lost answer can be asked for again, and two tabs that refresh at once both stay signed in.
/// Any other use of an old token means that two parties hold the chain, and ends the session for both. No clock is
/// involved: a thief is found out at the owner's next refresh, or the owner's refresh finds the thief's.
/// </summary>
public sealed partial class Sessions(
    NpgsqlDataSource dataSource, RevokedSessions revoked, IdentityOptions options, TimeProvider clock, ILogger<Sessions> logger)
{
    /// <summary>Begins a session.</summary>
    public async Task<(Session Session, RefreshToken Token)> StartAsync(
        Guid personId, RegisterRef? register, string? ip, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToMilliseconds();
        var lifetime = register is null ? options.SessionLifetime : options.PinSessionLifetime;
        var session = new Session(Ids.New(clock), personId, register, now + lifetime);
        var token = NewToken(session, now);
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new(
            "insert into sessions (id, person_id, store_id, register_id, ip, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)")
        {
            Parameters =
            {
                new() { Value = session.Id },
                new() { Value = personId },
                Optional(register?.StoreId, NpgsqlDbType.Uuid),
                Optional(register?.RegisterId, NpgsqlDbType.Uuid),
                Optional(ip, NpgsqlDbType.Text),
                new() { Value = now },
                new() { Value = session.ExpiresAt },
            },
        });
        batch.BatchCommands.Add(InsertToken(token, session.Id, parent: null, now));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return (session, token);
    }

    /// <summary>Uses a refresh token.</summary>
    /// <returns>Its session and the next token; <c>auth.expired</c>, or <c>auth.invalid</c> for a token that is unknown, ended or used after a child of it.</returns>
    public async Task<Outcome<(Session Session, RefreshToken Token)>> RotateAsync(string text, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToMilliseconds();
        var hash = HashOf(text);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LockAsync(connection, hash, cancellationToken) is not { IsEnded: false } found) return AuthErrors.Invalid;
        if (found.ExpiresAt <= now || found.Session.ExpiresAt <= now) return AuthErrors.Expired;
        if (!IsSame(hash, found.PresentedHash) && !IsSame(found.ParentHash, found.PresentedHash))
        {
            await transaction.RollbackAsync(cancellationToken);
            LogReuse(logger, found.Session.Id);
            await EndAsync(found.Session.Id, "reuse", cancellationToken);
            return AuthErrors.Invalid;
        }

        var token = NewToken(found.Session, now);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                InsertToken(token, found.Session.Id, hash, now),
                new("update sessions set presented_hash = $2 where id = $1") { Parameters = { new() { Value = found.Session.Id }, new() { Value = hash } } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (found.Session, token);
    }

    /// <summary>A session that has not ended.</summary>
    public async Task<Session?> FindAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "select id, person_id, store_id, register_id, expires_at from sessions where id = $1 and ended_at is null");
        command.Parameters.Add(new() { Value = sessionId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadSession(reader) : null;
    }

    /// <summary>Ends a session. An ended one stays as it is.</summary>
    public Task EndAsync(Guid sessionId, string reason, CancellationToken cancellationToken) => EndAsync("id = $3", sessionId, reason, cancellationToken);

    /// <summary>Ends the session of a refresh token, if there is one.</summary>
    public Task EndByTokenAsync(string text, CancellationToken cancellationToken) =>
        EndAsync("id = (select session_id from refresh_tokens where hash = $3)", HashOf(text), "logout", cancellationToken);

    /// <summary>Ends every session of a person.</summary>
    public Task EndAllAsync(Guid personId, CancellationToken cancellationToken) => EndAsync("person_id = $3", personId, "logout-everywhere", cancellationToken);

    private async Task EndAsync(string where, object value, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToMilliseconds();
        await using var command = dataSource.CreateCommand(
            $"update sessions set ended_at = $1, end_reason = $2 where {where} and ended_at is null returning id");
        foreach (var parameter in new[] { now, reason, value }) command.Parameters.Add(new() { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) revoked.Add(reader.GetGuid(0), now);
    }

    // The lock on the session's row puts the uses of its tokens in one order.
    private static async Task<Found?> LockAsync(NpgsqlConnection connection, byte[] hash, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select s.id, s.person_id, s.store_id, s.register_id, s.expires_at, s.presented_hash, s.ended_at is not null, t.parent_hash, t.expires_at
            from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = $1 for update of s
            """, connection);
        command.Parameters.Add(new() { Value = hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new Found(
            ReadSession(reader), Bytes(reader, 5), reader.GetBoolean(6), Bytes(reader, 7), reader.GetFieldValue<DateTimeOffset>(8));
    }

    private static Session ReadSession(NpgsqlDataReader reader)
    {
        var register = reader.IsDBNull(2) ? null : new RegisterRef(reader.GetGuid(2), reader.GetGuid(3));
        return new Session(reader.GetGuid(0), reader.GetGuid(1), register, reader.GetFieldValue<DateTimeOffset>(4));
    }

    private RefreshToken NewToken(Session session, DateTimeOffset now)
    {
        var idle = now + options.SessionIdle;
        return new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), idle < session.ExpiresAt ? idle : session.ExpiresAt);
    }

    private static NpgsqlBatchCommand InsertToken(RefreshToken token, Guid sessionId, byte[]? parent, DateTimeOffset now) =>
        new("insert into refresh_tokens (hash, session_id, parent_hash, issued_at, expires_at) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                new() { Value = HashOf(token.Text) },
                new() { Value = sessionId },
                Optional(parent, NpgsqlDbType.Bytea),
                new() { Value = now },
                new() { Value = token.ExpiresAt },
            },
        };

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static byte[]? Bytes(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static bool IsSame(byte[]? a, byte[]? b) => a is null ? b is null : b is not null && a.AsSpan().SequenceEqual(b);

    [LoggerMessage(2001, LogLevel.Warning, "Session {SessionId} ended: an old refresh token of it was used again")]
    private static partial void LogReuse(ILogger logger, Guid sessionId);

    private sealed record Found(Session Session, byte[]? PresentedHash, bool IsEnded, byte[]? ParentHash, DateTimeOffset ExpiresAt);
}
