using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Postgres;

/// <summary>The whole program, as a person starts and stops it.</summary>
public sealed class StartingAndStoppingTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_server_and_then_its_database(string signal)
    {
        await using var server = ServerProcess.Start(_folder.Path);
        await server.Address;
        var database = DatabaseProcess();

        await server.SignalAsync(signal);
        var (exitCode, errors) = await server.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal("", errors);
        Assert.False(IsRunning(database));
        Assert.Contains("database system is shut down", Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_during_the_start_leaves_nothing_running()
    {
        await using var server = ServerProcess.Start(_folder.Path);
        await WaitForFileAsync(_folder.Combine("chainsync.lock"));

        await server.SignalAsync("TERM");
        var (exitCode, errors) = await server.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal("", errors);
        Assert.False(File.Exists(_folder.Combine("postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Ctrl_C_in_a_terminal_reaches_the_whole_group_and_not_the_database()
    {
        await using var server = ServerProcess.Start(_folder.Path);
        await server.Address;

        Assert.NotEqual(SessionOf(server.Id), SessionOf(DatabaseProcess()));
    }

    [Fact]
    public async Task After_a_kill_the_next_start_ends_the_left_over_database_and_loses_nothing()
    {
        await using var killed = ServerProcess.Start(_folder.Path);
        await killed.Address;
        var leftOver = DatabaseProcess();
        await killed.KillAsync();
        Assert.True(IsRunning(leftOver));

        await using var next = ServerProcess.Start(_folder.Path);
        await next.Address;

        Assert.False(IsRunning(leftOver));
        Assert.True(IsRunning(DatabaseProcess()));
        Assert.Contains("database system was shut down", Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_kill_of_both_the_next_start_replays_and_runs()
    {
        await using var killed = ServerProcess.Start(_folder.Path);
        await killed.Address;
        await ServerProcess.SignalAsync(DatabaseProcess(), "STOP");
        await killed.KillAsync();
        await ServerProcess.SignalAsync(DatabaseProcess(), "KILL");

        await using var next = ServerProcess.Start(_folder.Path);
        await next.Address;

        Assert.Contains("automatic recovery in progress", Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_whose_database_dies_stops_with_an_error()
    {
        await using var server = ServerProcess.Start(_folder.Path);
        await server.Address;

        await ServerProcess.SignalAsync(DatabaseProcess(), "KILL");
        var (exitCode, _) = await server.EndAsync();

        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused()
    {
        await using var first = ServerProcess.Start(_folder.Path);
        await first.Address;

        await AssertRefusedAsync(
            $"The data folder {_folder.Path} is in use by another ChainSync (process {first.Id}); stop it, or choose another folder with --data.");
    }

    [Fact]
    public async Task A_taken_port_is_refused()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await AssertRefusedAsync(
            $"Port {port} is already in use; stop what uses it, or choose another with --port.", ("urls", $"http://127.0.0.1:{port}"));
    }

    [Fact]
    public async Task Missing_binaries_are_refused()
    {
        var folder = _folder.Combine("none");

        var sentence = await RefusalAsync(("Postgres:BinariesFolder", folder));

        Assert.Matches(
            $"^PostgreSQL's programs for [a-z0-9-]+ are missing in {folder}; run eng/postgres/install, or set ConnectionStrings__ChainSync to use a PostgreSQL of your own.\n$",
            sentence);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        // Root may write anywhere but in the kernel's own tree.
        var folder = Environment.IsPrivilegedProcess
            ? "/sys/chainsync"
            : Directory.CreateDirectory(_folder.Combine("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;

        var sentence = await RefusalAsync(("Data:Folder", folder));

        Assert.Matches($"^The data folder {folder} is not writable by user {Environment.UserName} \\([^\n]+\\); choose another with --data.\n$", sentence);
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_refused()
    {
        var path = _folder.Combine("file");
        await File.WriteAllTextAsync(path, "");

        var sentence = await RefusalAsync(("Data:Folder", path));

        Assert.Matches($"^The data folder {path} is not writable by user [^\n]+; choose another with --data.\n$", sentence);
    }

    [Fact]
    public async Task A_full_disk_at_the_first_start_is_refused_and_leaves_nothing_half_made()
    {
        var package = FakePackage.Write(_folder.Path, "echo 'creating subdirectories ... '; echo 'initdb: error: could not write file: No space left on device' >&2; exit 1");

        await AssertRefusedAsync(
            $"The database could not be created in {_folder.Combine("postgres.new")}: could not write file: No space left on device.",
            ("Postgres:BinariesFolder", package));
        Assert.False(Directory.Exists(_folder.Combine("postgres.new")));
        Assert.False(Directory.Exists(_folder.Combine("postgres")));
    }

    [Fact]
    public async Task A_database_that_gives_up_is_refused_with_its_own_reason()
    {
        await using (var server = ServerProcess.Start(_folder.Path))
            await server.Address;
        await File.AppendAllTextAsync(_folder.Combine("postgres", "postgresql.conf"), "no_such_setting = 1\n");

        var sentence = await RefusalAsync();

        Assert.Matches($"^PostgreSQL did not start: [^\n]*configuration[^\n]* Its log is {_folder.Combine("postgres.log")}.\n$", sentence);
    }

    [Fact]
    public async Task A_bad_setting_is_refused()
    {
        await AssertRefusedAsync(
            "Postgres: The field MaxConnections must be between 30 and 10000.", ("Postgres:MaxConnections", "1"));
    }

    [Fact]
    public async Task An_external_database_that_does_not_answer_is_refused_and_nothing_is_started()
    {
        var sentence = await RefusalAsync(("ConnectionStrings:ChainSync", "Host=/nowhere;Username=x;Database=x"));

        Assert.Matches("^The PostgreSQL of ConnectionStrings__ChainSync cannot be used: [^\n]+\n$", sentence);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task With_an_external_database_nothing_of_our_own_is_started()
    {
        await using var external = await TestDatabase.CreateAsync(DatabaseTemplate.Empty);

        await using var server = ServerProcess.Start(_folder.Path, ("ConnectionStrings:ChainSync", external.ConnectionString));
        await server.Address;

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, "postgres*"));
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_and_left_as_it_is()
    {
        await using var newer = await TestDatabase.CreateAsync();
        await using (var command = newer.Source.CreateCommand("insert into schema_version values (9999, '9999_later.sql')"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var sentence = await RefusalAsync(("ConnectionStrings:ChainSync", newer.ConnectionString));

        Assert.Matches("^The database is at schema 9999 and this build knows up to [0-9]+; start a newer ChainSync.\n$", sentence);
    }

    private async Task AssertRefusedAsync(string sentence, params IEnumerable<(string Key, string Value)> settings) =>
        Assert.Equal(sentence + "\n", await RefusalAsync(settings));

    private async Task<string> RefusalAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        await using var server = ServerProcess.Start(_folder.Path, settings);
        var (exitCode, errors) = await server.EndAsync();
        Assert.Equal(1, exitCode);
        return errors;
    }

    private string Log() => File.ReadAllText(_folder.Combine("postgres.log"));

    private int DatabaseProcess() =>
        int.Parse(File.ReadLines(_folder.Combine("postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>A process that ended but whose parent has not collected it yet does not run.</summary>
    private static bool IsRunning(int process) => File.Exists($"/proc/{process}/stat") && Stat(process)[0] is not ("Z" or "X");

    private static string SessionOf(int process) => Stat(process)[3];

    /// <summary>The fields of /proc/N/stat that follow the program's name: state, parent, group, session.</summary>
    private static string[] Stat(int process)
    {
        var text = File.ReadAllText($"/proc/{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    // Looked for again and again, with a limit: waiting for a FileSystemWatcher's event has hung on a busy machine.
    private static async Task WaitForFileAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!File.Exists(path))
            await look.WaitForNextTickAsync(patience.Token);
    }
}
