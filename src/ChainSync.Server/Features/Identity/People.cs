using ChainSync.Core.Identity;
using Npgsql;

namespace ChainSync.Server.Features.Identity;

/// <summary>Finds who may sign in. Only the active are found.</summary>
public sealed class People(NpgsqlDataSource dataSource)
{
    private const string Accounts = """
        select a.id, a.email, a.name, a.role,
               case when a.role = 'admin' then array(select s.id from stores s order by s.code) else a.store_ids end,
               a.customer_id, a.password_hash
        from accounts a where a.active
        """;

    private const string Employees = """
        select e.id, e.email, e.name, e.role, array[e.store_id], null::uuid, e.pin_hash
        from employees e where e.active and e.pin_hash is not null
        """;

    /// <summary>The account with this address.</summary>
    public Task<Person?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        FindAsync($"{Accounts} and a.email = $1", [Account.NormalEmail(email)], cancellationToken);

    /// <summary>The employee of the store with this PIN.</summary>
    public Task<Person?> FindByPinAsync(Guid storeId, byte[] pinLookup, CancellationToken cancellationToken) =>
        FindAsync($"{Employees} and e.store_id = $1 and e.pin_lookup = $2", [storeId, pinLookup], cancellationToken);

    /// <summary>The person of a session as they are now. A PIN session also needs its till still in use.</summary>
    public Task<Person?> FindAsync(Session session, CancellationToken cancellationToken) => session.Register is not { } till
        ? FindAsync($"{Accounts} and a.id = $1", [session.PersonId], cancellationToken)
        : FindAsync(
            $"""
            {Employees} and e.id = $1 and e.store_id = $2
            and exists (select from registers r where r.store_id = $2 and r.id = $3 and r.active)
            """,
            [session.PersonId, till.StoreId, till.RegisterId], cancellationToken);

    /// <summary>The stored hash of a register's key; null for one that is not there or out of use.</summary>
    public async Task<byte[]?> FindRegisterKeyAsync(Guid storeId, Guid registerId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select key_hash from registers where store_id = $1 and id = $2 and active");
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = registerId });
        return (byte[]?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<Person?> FindAsync(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new Person(
            reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2), RoleNames.Parse(reader.GetString(3)),
            reader.GetFieldValue<Guid[]>(4), reader.IsDBNull(5) ? null : reader.GetGuid(5), reader.GetString(6));
    }
}
