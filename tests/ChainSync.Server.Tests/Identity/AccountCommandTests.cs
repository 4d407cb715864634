using System.Net;
using System.Text;
using ChainSync.Server.Features.Identity;
using ChainSync.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChainSync.Server.Tests.Identity;

public sealed class AccountCommandTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_first_administrator_of_an_empty_chain_can_sign_in()
    {
        Assert.Equal(0, await RunAsync(Password, "create", "Boss@Example.com"));

        Assert.Equal("boss@example.com can sign in now, as admin.\n", _output.ToString());
        Assert.Equal("boss admin", await _host.Chain.ScalarAsync<string>("select lower(name) || ' ' || role from accounts"));
        Assert.Equal(HttpStatusCode.OK, await LoginAsync("boss@example.com", Password));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync("boss@example.com", Password + "!"));
    }

    [Fact]
    public async Task Staff_gets_the_stores_that_were_named_in_any_case()
    {
        Assert.Equal(0, await RunAsync(Password, "create", "sam@example.com", "--name", "Sam Staff", "--role", "staff", "--store", "s1", "--store", "S3"));

        Assert.Equal(
            [TestChain.StoreIds[0], TestChain.StoreIds[2]],
            (await _host.Chain.ScalarAsync<Guid[]>("select store_ids from accounts where name = 'Sam Staff' and role = 'staff'")).ToHashSet());
    }

    [Theory]
    [InlineData("There is no store S9. Nothing was written.", Password, "sam@example.com", "--role", "staff", "--store", "S1", "--store", "S9")]
    [InlineData("The password must have 10 to 256 characters. Nothing was written.", "short", "sam@example.com")]
    [InlineData("The password must have 10 to 256 characters. Nothing was written.", null, "sam@example.com")]
    [InlineData("The email must be an e-mail address. Nothing was written.", Password, "sam")]
    public async Task What_cannot_be_made_is_one_sentence_and_1(string sentence, string? typed, params string[] words)
    {
        Assert.Equal(1, await RunAsync(typed, ["create", .. words]));

        Assert.Equal(sentence, _errors.ToString().Trim());
        Assert.Equal(0L, await _host.Chain.ScalarAsync<long>("select count(*) from accounts"));
    }

    [Fact]
    public async Task An_address_is_given_once()
    {
        await RunAsync(Password, "create", "boss@example.com");

        Assert.Equal(1, await RunAsync("another password", "create", "BOSS@example.com"));

        Assert.Contains("already has this e-mail address", _errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await LoginAsync("boss@example.com", Password));
    }

    [Fact]
    public async Task At_a_terminal_the_password_is_asked_for_twice_and_never_shown()
    {
        var shown = new StringWriter();

        var password = await Prompt(shown, "pass\bSword\rpasSword\r").ReadAsync(CancellationToken.None);

        Assert.Equal("pasSword", password);
        Assert.Equal("Password: \nAgain: \n", shown.ToString());
    }

    [Fact]
    public async Task Two_passwords_that_differ_and_an_interrupt_make_nothing()
    {
        Assert.Equal(1, await RunAsync(Prompt(TextWriter.Null, "correct horse\rcorrect house\r"), "create", "boss@example.com"));
        Assert.Equal(130, await RunAsync(Prompt(TextWriter.Null, "correct\x03"), "create", "boss@example.com"));

        Assert.Equal("The two passwords differ. Nothing was written.\nStopped. Nothing was written.\n", _errors.ToString());
        Assert.Equal(0L, await _host.Chain.ScalarAsync<long>("select count(*) from accounts"));
    }

    [Theory]
    [InlineData("The command is account create EMAIL.")]
    [InlineData("The command is account create EMAIL.", "delete", "a@b")]
    [InlineData("Which e-mail address?", "create")]
    [InlineData("One account at a time: a@b or c@d.", "create", "a@b", "c@d")]
    [InlineData("Unknown option --password.", "create", "a@b", "--password", "secret")]
    [InlineData("--role needs a value.", "create", "a@b", "--role")]
    [InlineData("The role owner is not known; admin, manager and staff are.", "create", "a@b", "--role", "owner")]
    [InlineData("The role customer is not known; admin, manager and staff are.", "create", "a@b", "--role", "customer")]
    [InlineData("An admin has every store: leave --store out, or choose another --role.", "create", "a@b", "--store", "S1")]
    [InlineData("--store is missing: in which store does this manager work?", "create", "a@b", "--role", "manager")]
    public void A_wrong_command_is_told_what_is_wrong(string problem, params string[] args) => Assert.Equal(problem, AccountArguments.Parse(args).Problem);

    [Fact]
    public async Task A_server_whose_chain_has_no_account_says_how_to_make_the_first()
    {
        Assert.Contains("./run account create EMAIL", Assert.Single(await StartAndListenAsync()), StringComparison.Ordinal);

        await RunAsync(Password, "create", "boss@example.com");

        Assert.Empty(await StartAndListenAsync());
    }

    private async Task<List<string>> StartAndListenAsync()
    {
        var heard = new Listener();
        using var service = ActivatorUtilities.CreateInstance<IdentityService>(_host.Services, heard);
        await service.StartAsync(CancellationToken.None);
        await service.StopAsync(CancellationToken.None);
        return heard.Lines;
    }

    private Task<int> RunAsync(string? typed, params string[] args) => RunAsync(new PasswordPrompt(null, new StringReader(typed ?? ""), TextWriter.Null), args);

    private Task<int> RunAsync(PasswordPrompt prompt, params string[] args) =>
        AccountCommand.RunAsync(AccountArguments.Parse(args).Arguments!, _host.Services, prompt, _output, _errors, CancellationToken.None);

    private async Task<HttpStatusCode> LoginAsync(string email, string password)
    {
        using var client = _host.Anonymous();
        using var body = new StringContent($$"""{"email":"{{email}}","password":"{{password}}"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/auth/login", body);
        return answer.StatusCode;
    }

    private static PasswordPrompt Prompt(TextWriter output, string typed)
    {
        var keys = new Queue<ConsoleKeyInfo>(typed.Select(KeyOf));
        return new PasswordPrompt(keys.Dequeue, TextReader.Null, output);
    }

    private static ConsoleKeyInfo KeyOf(char typed) => typed switch
    {
        '\r' => new(typed, ConsoleKey.Enter, false, false, false),
        '\b' => new(typed, ConsoleKey.Backspace, false, false, false),
        '\x03' => new(typed, ConsoleKey.C, false, false, control: true),
        _ => new(typed, ConsoleKey.None, false, false, false),
    };

    private sealed class Listener : ILogger<IdentityService>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
