using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Data;
using ChainSync.Server.Infrastructure.Postgres;
using Npgsql;

namespace ChainSync.Server.Features.Identity;

/// <summary>
/// The command <c>account create</c>: how a chain without the demo gets its first administrator. Who may run it may read the
/// database anyway, so it asks for no rights.
/// </summary>
public static class AccountCommand
{
    private const int CouldNotBeMade = 1;
    private const int WrongCommand = 2;
    private const int Stopped = 130;

    /// <summary>Runs the command against the server's database, its own or the one that is running, and answers the exit code.</summary>
    /// <param name="args">What was typed after <c>account</c>.</param>
    /// <param name="configuration">The server's.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="stopping">Ctrl-C or SIGTERM.</param>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, TimeProvider clock, CancellationToken stopping)
    {
        if (args.Any(a => a is "--help" or "-h")) return Say(Console.Out, AccountArguments.Help, 0);
        var (arguments, problem) = AccountArguments.Parse(args);
        if (arguments is null) return Say(Console.Error, $"{problem} ./run account --help tells more.", WrongCommand);
        await using var database = await DatabaseConnection.OpenAsync(configuration, clock, besideServer: true, stopping);
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(configuration).AddSingleton(clock).AddData(database.ConnectionString).AddIdentity().BuildServiceProvider();
        await Migrator.MigrateAsync(services.GetRequiredService<NpgsqlDataSource>(), stopping);
        return await RunAsync(arguments, services, PasswordPrompt.OfProcess(), Console.Out, Console.Error, stopping);
    }

    /// <summary>Makes the account that was asked for.</summary>
    internal static async Task<int> RunAsync(
        AccountArguments arguments, IServiceProvider services, PasswordPrompt prompt, TextWriter output, TextWriter errors, CancellationToken stopping)
    {
        try
        {
            var stores = await FindStoresAsync(services.GetRequiredService<NpgsqlDataSource>(), arguments.StoreCodes, stopping);
            if (arguments.StoreCodes.FirstOrDefault(code => !stores.ContainsKey(code)) is { } unknown)
                return Say(errors, $"There is no store {unknown}. Nothing was written.", CouldNotBeMade);
            if (await prompt.ReadAsync(stopping) is not { } password)
                return Say(errors, "The two passwords differ. Nothing was written.", CouldNotBeMade);

            var clock = services.GetRequiredService<TimeProvider>();
            var command = new CreateAccount(Ids.New(clock), arguments.Email, arguments.Name, arguments.Role, [.. stores.Values], password);
            var outcome = await services.GetRequiredService<CreateAccountHandler>().HandleAsync(command, Ids.New(clock), Caller.System, stopping);
            return outcome.IsAccepted
                ? Say(output, $"{Account.NormalEmail(arguments.Email)} can sign in now, as {RoleNames.Of(arguments.Role)}.", 0)
                : Say(errors, Explain(outcome.Rejection), CouldNotBeMade);
        }
        catch (OperationCanceledException)
        {
            return Say(errors, "Stopped. Nothing was written.", Stopped);
        }
        catch (NpgsqlException e)
        {
            return Say(errors, $"The database failed: {e.Message}", CouldNotBeMade);
        }
    }

    private static async Task<Dictionary<string, Guid>> FindStoresAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var stores = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        await using var command = dataSource.CreateCommand("select code, id from stores where lower(code) = any($1)");
        command.Parameters.Add(new() { Value = codes.Select(code => code.ToLowerInvariant()).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) stores.TryAdd(reader.GetString(0), reader.GetGuid(1));
        return stores;
    }

    // Field messages begin with "Must": with the field before them they are sentences.
    private static string Explain(Rejection rejection) => rejection is { Code: Rejection.InvalidCode, Errors: { } fields }
        ? string.Join(' ', fields.SelectMany(field => field.Value.Select(message => $"The {field.Key} m{message[1..]}"))) + " Nothing was written."
        : rejection.Detail;

    private static int Say(TextWriter writer, string text, int exitCode)
    {
        writer.WriteLine(text);
        return exitCode;
    }
}
