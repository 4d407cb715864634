using System.Text.Json;
using ChainSync.Core.Json;
using ChainSync.Core.Sales;
using Npgsql;

namespace ChainSync.Server.Features.Sales;

/// <summary>Reads the refunds of a sale from the log, whose rows hold them whole: a refund never changes.</summary>
public sealed class RefundQueries(NpgsqlDataSource dataSource)
{
    private const string Sql = """
        select c.after from refunds r
        join change_log c on c.store_id = r.store_id and c.entity = 'refund' and c.entity_id = r.id and c.kind = 'create'
        where r.store_id = $1 and r.sale_id = $2 order by c.seq
        """;

    /// <summary>The refunds of a sale, first to last.</summary>
    public async Task<IReadOnlyList<Refund>> OfSaleAsync(Guid storeId, Guid saleId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = saleId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var refunds = new List<Refund>();
        while (await reader.ReadAsync(cancellationToken))
            refunds.Add(JsonSerializer.Deserialize(reader.GetString(0), ChainSyncJson.Default.Refund)!);
        return refunds;
    }
}
