using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;
using ChainSync.Server.Features.Stores;

namespace ChainSync.Server.Features.Imports;

/// <summary>The store that an import at the terminal goes into.</summary>
public sealed class ImportStores(StoreReader reader, CreateStore create, TimeProvider clock)
{
    private const string CodePrefix = "OR";

    /// <summary>The store of that code or name; one is opened if there is none, except in a dry run, which only imagines it.</summary>
    /// <param name="name">Code or name, in any case.</param>
    /// <param name="dryRun">Whether nothing may be written.</param>
    /// <param name="say">Told which store it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ImportException">Several stores have that name.</exception>
    public async Task<Store> FindOrOpenAsync(string name, bool dryRun, Action<string> say, CancellationToken cancellationToken)
    {
        var stores = await reader.ListAsync(Caller.System, cancellationToken);
        var named = stores.Where(s => Same(s.Code, name)).ToList() is { Count: > 0 } byCode ? byCode : stores.Where(s => Same(s.Name, name)).ToList();
        if (named.Count > 1) throw new ImportException($"Several stores are called {name}: {string.Join(", ", named.Select(s => s.Code))}. Give the code of one.");
        if (named is [var only])
        {
            say($"Store {only.Code}, {only.Name}.");
            return Imagine(only.Id, only.Code, only.Name, only.Currency, only.TimeZone);
        }
        var code = Enumerable.Range(1, stores.Count + 1).Select(n => $"{CodePrefix}{n}").First(c => !stores.Any(s => Same(s.Code, c)));
        var store = Imagine(Ids.New(clock), code, name, OnlineRetailImport.Currency, "Europe/London");
        say(dryRun ? $"There is no store {name}; it would be opened as {code}." : $"There is no store {name}; it is opened as {code} (GBP, Europe/London).");
        if (!dryRun) await OpenAsync(store, cancellationToken);
        return store;
    }

    private async Task OpenAsync(Store store, CancellationToken cancellationToken)
    {
        var opened = await create.HandleAsync(store, [("untaxed", "Tax not stated", 0)], Caller.System, cancellationToken);
        if (!opened.IsAccepted) throw new ImportException($"The store {store.Name} could not be opened: {opened.Rejection.Detail}");
    }

    private static Store Imagine(Guid id, string code, string name, string currency, string timeZone) => new()
    {
        Id = id, Code = code, Name = name, Currency = currency, CurrencyDigits = 2, Locale = "en-GB", TimeZone = timeZone, PricesIncludeTax = true, CashRoundingMinor = 1,
    };

    private static bool Same(string left, string right) => string.Equals(left, right.Trim(), StringComparison.OrdinalIgnoreCase);
}
