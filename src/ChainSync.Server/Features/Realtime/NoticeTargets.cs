using ChainSync.Core;
using ChainSync.Core.Events;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Live;
using ChainSync.Server.Sync;
using Npgsql;

namespace ChainSync.Server.Features.Realtime;

/// <summary>Which stores a notice goes to, and whose rights count there.</summary>
/// <param name="StoreIds">At least one, in order of id.</param>
/// <param name="Audience">A namespace, or <see cref="Notice.WholeStore"/>.</param>
public sealed record NoticeTargets(IReadOnlyList<Guid> StoreIds, string Audience)
{
    private const string StoresSql = "select id from stores where $1 or id = any($2) order by id";

    // Whoever works or buys there; an admin is at home everywhere.
    private const string PersonSql = """
        select s.id from stores s where s.id = any($1) and (
          exists (select from employees e where e.store_id = s.id and e.id = $2 and e.active)
          or exists (select from accounts a where a.id = $2 and a.active and (a.role = 'admin' or s.id = any(a.store_ids))))
        order by s.id
        """;

    /// <summary>The sender's own stores: a notice goes nowhere else.</summary>
    public static Task<List<Guid>> StoresOfAsync(NpgsqlDataSource source, Caller caller, CancellationToken cancellationToken) =>
        ReadAsync(source, StoresSql, [caller.Role == Role.Admin, caller.Stores.ToArray()], cancellationToken);

    /// <summary>What the request means for this sender, or the refusal.</summary>
    public static async Task<Outcome<NoticeTargets>> ResolveAsync(
        NpgsqlDataSource source, SendNotice notice, IReadOnlyList<Guid> senders, CancellationToken cancellationToken)
    {
        if (Parse(notice.TargetChannel ?? Notice.WholeStore, senders) is not { } targets) return StoreErrors.NotFound;
        if (notice.TargetUserId is not { } person) return targets;
        var shared = await ReadAsync(source, PersonSql, [targets.StoreIds.ToArray(), person], cancellationToken);
        return shared.Count > 0
            ? targets with { StoreIds = shared }
            : Rejection.OfField("common.unknown-reference", "Nobody of that id is in these stores. Nothing was sent.", "targetUserId", "Must be a person of these stores.");
    }

    private static NoticeTargets? Parse(string channel, IReadOnlyList<Guid> senders)
    {
        var (ns, stores) = ChannelName.TryParse(channel, out var named, out var storeId) ? (named, [storeId]) : (channel, senders);
        var known = ns == Notice.WholeStore || Permissions.Namespaces.Contains(ns);
        return known && stores.Count > 0 && stores.All(s => s != Store.Chain && senders.Contains(s)) ? new(stores, ns) : null;
    }

    private static async Task<List<Guid>> ReadAsync(NpgsqlDataSource source, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
