using Npgsql;

namespace ChainSync.Server.Live;

/// <summary>
/// Whether a store has a product on offer, remembered for up to a minute. Two generations: answers are looked up in both and added
/// to the younger; when that is old or full it becomes the elder, and the elder is forgotten.
/// </summary>
internal sealed class ActiveProducts(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int MaxAnswers = 5_000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Dictionary<(Guid StoreId, Guid ProductId), Task<bool>> _young = [];
    private Dictionary<(Guid StoreId, Guid ProductId), Task<bool>> _old = [];
    private long _begun = clock.GetTimestamp();

    /// <summary>Whether the store has the product and sells it.</summary>
    public async ValueTask<bool> ContainsAsync(Guid storeId, Guid productId, CancellationToken cancellationToken)
    {
        Task<bool> answer;
        lock (_gate)
        {
            answer = Known((storeId, productId)) ?? (_young[(storeId, productId)] = Task.Run(() => LoadAsync(storeId, productId), CancellationToken.None));
        }
        return await answer.WaitAsync(cancellationToken);
    }

    private Task<bool>? Known((Guid StoreId, Guid ProductId) product)
    {
        var age = clock.GetElapsedTime(_begun);
        if (_young.Count >= MaxAnswers || age >= MaxAge)
        {
            (_old, _young) = (age < 2 * MaxAge ? _young : [], []);
            _begun = clock.GetTimestamp();
        }
        var known = _young.GetValueOrDefault(product) ?? _old.GetValueOrDefault(product);
        return known is { IsFaulted: false } ? known : null;
    }

    // For all who ask at once, so none of them can cancel it.
    private async Task<bool> LoadAsync(Guid storeId, Guid productId)
    {
        await using var command = dataSource.CreateCommand("select exists (select from products where store_id = $1 and id = $2 and active)");
        command.Parameters.Add(new() { Value = storeId });
        command.Parameters.Add(new() { Value = productId });
        return (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }
}
