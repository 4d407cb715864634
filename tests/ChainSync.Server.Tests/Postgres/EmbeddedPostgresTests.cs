using System.Diagnostics;
using System.Globalization;
using ChainSync.Server.Infrastructure.Postgres;
using ChainSync.Server.Infrastructure.Startup;
using ChainSync.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace ChainSync.Server.Tests.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string PidFile => _folder.Combine("postgres", "postmaster.pid");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first, "CREATE TABLE item (name text); INSERT INTO item VALUES ('kept')");

        await using var second = await StartAsync();

        Assert.Equal("kept", await ExecuteAsync(second, "SELECT name FROM item"));
    }

    [Fact]
    public async Task A_stopped_database_has_ended_and_freed_its_folder()
    {
        var postgres = await StartAsync();
        var process = postgres.ProcessId;

        await postgres.DisposeAsync();

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
        Assert.False(await postgres.Ended);
        Assert.False(File.Exists(PidFile));
        Assert.Contains("database system is shut down", await File.ReadAllTextAsync(_folder.Combine("postgres.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_no_port_and_only_its_owner_reaches_its_socket()
    {
        await using var postgres = await StartAsync();

        Assert.Equal("", await ExecuteAsync(postgres, "SHOW listen_addresses"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_folder.Combine("postgres")));
    }

    [Fact]
    public async Task By_default_a_commit_is_on_the_disk_when_it_is_acknowledged()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { DataFolder = _folder.Path }, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

        Assert.Equal("on on on", await ExecuteAsync(postgres,
            "SELECT concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'))"));
    }

    [Fact]
    public async Task The_servers_role_owns_its_database_and_is_no_superuser()
    {
        await using var postgres = await StartAsync();

        Assert.Equal("off chainsync", await ExecuteAsync(postgres,
            "SELECT current_setting('is_superuser') || ' ' || pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task A_second_owner_of_the_folder_is_refused()
    {
        await using var first = await StartAsync();

        var refusal = await Assert.ThrowsAsync<StartupException>(StartAsync);

        Assert.Equal(
            $"The data folder {_folder.Path} is in use by another ChainSync (process {Environment.ProcessId}); stop it, or choose another folder with --data.",
            refusal.Message);
        Assert.Equal(1, await ExecuteAsync(first, "SELECT 1"));
    }

    [Fact]
    public async Task A_command_beside_the_server_joins_its_database()
    {
        await using var postgres = await StartAsync();

        var joined = EmbeddedPostgres.TryJoin(Options());

        Assert.Equal(postgres.ConnectionString, joined);
    }

    [Fact]
    public async Task There_is_nothing_to_join_when_no_server_runs()
    {
        Assert.Null(EmbeddedPostgres.TryJoin(Options() with { DataFolder = _folder.Combine("none") }));
        await (await StartAsync()).DisposeAsync();

        Assert.Null(EmbeddedPostgres.TryJoin(Options()));
        await (await StartAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_pid_file_of_a_dead_process_is_no_obstacle()
    {
        await (await StartAsync()).DisposeAsync();
        await WritePidFileAsync(DeadProcess());

        await using var postgres = await StartAsync();

        Assert.Equal(1, await ExecuteAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task A_pid_file_whose_number_another_program_has_now_is_no_obstacle_and_that_program_lives()
    {
        await (await StartAsync()).DisposeAsync();
        using var other = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        await WritePidFileAsync(other.Id);

        await using var postgres = await StartAsync();

        Assert.Equal(1, await ExecuteAsync(postgres, "SELECT 1"));
        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact]
    public async Task A_pid_file_that_names_the_PostgreSQL_of_another_folder_is_no_obstacle_and_that_one_lives()
    {
        using var elsewhere = new TestFolder();
        await using var other = await EmbeddedPostgres.StartAsync(
            Options() with { DataFolder = elsewhere.Path }, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        await (await StartAsync()).DisposeAsync();
        await WritePidFileAsync(other.ProcessId);

        await using var postgres = await StartAsync();

        Assert.Equal(1, await ExecuteAsync(postgres, "SELECT 1"));
        Assert.Equal(1, await ExecuteAsync(other, "SELECT 1"));
    }

    [Fact]
    public async Task A_creation_that_was_cut_off_is_begun_again()
    {
        Directory.CreateDirectory(_folder.Combine("postgres.new", "base"));
        await File.WriteAllTextAsync(_folder.Combine("postgres.new", "PG_VERSION"), "18");

        await using var postgres = await StartAsync();

        Assert.Equal(1, await ExecuteAsync(postgres, "SELECT 1"));
        Assert.False(Directory.Exists(_folder.Combine("postgres.new")));
    }

    [Theory]
    [InlineData("a folder, with a comma; and more")]
    [InlineData("long")]
    public async Task A_folder_that_cannot_hold_the_socket_gets_a_short_one_for_it(string name)
    {
        var folder = _folder.Combine(name == "long" ? new string('x', 120) : name);
        var options = Options() with { DataFolder = folder };
        string socket;

        await using (var postgres = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None))
        {
            socket = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
            Assert.Equal(1, await ExecuteAsync(postgres, "SELECT 1"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(socket));
        }

        Assert.DoesNotContain(folder, socket, StringComparison.Ordinal);
        Assert.False(Directory.Exists(socket));
    }

    [Fact]
    public async Task As_root_a_folder_closed_to_PostgreSQLs_user_keeps_a_link_to_an_open_one()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root has folders that PostgreSQL's user cannot enter.");
        var closed = Directory.CreateDirectory(_folder.Combine("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var options = Options() with { DataFolder = closed, OpenFolder = _folder.Combine("open") };
        OpenToAll(Directory.CreateDirectory(options.OpenFolder));
        await using (var first = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None))
            await ExecuteAsync(first, "CREATE TABLE kept ()");

        await using var second = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None);

        Assert.Equal(0L, await ExecuteAsync(second, "SELECT count(*) FROM kept"));
        Assert.StartsWith(options.OpenFolder, new DirectoryInfo(Path.Combine(closed, "postgres")).LinkTarget, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_root_programs_closed_to_PostgreSQLs_user_are_copied_to_an_open_folder_once()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("Only root has folders that PostgreSQL's user cannot enter.");
        var closed = Directory.CreateDirectory(_folder.Combine("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        var options = Options() with { DataFolder = _folder.Combine("data"), OpenFolder = _folder.Combine("open"), BinariesFolder = Path.Combine(closed, "node_modules") };
        OpenToAll(Directory.CreateDirectory(options.OpenFolder));
        using (var copy = Process.Start("cp", ["-a", FakePackage.RealNodeModules, options.BinariesFolder]))
            await copy.WaitForExitAsync();

        await using (var first = await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None))
            Assert.Equal(1, await ExecuteAsync(first, "SELECT 1"));
        var copied = Directory.GetCreationTimeUtc(Assert.Single(Directory.GetDirectories(options.OpenFolder)));
        await (await EmbeddedPostgres.StartAsync(options, TimeProvider.System, NullLogger.Instance, CancellationToken.None)).DisposeAsync();

        Assert.Equal(copied, Directory.GetCreationTimeUtc(Assert.Single(Directory.GetDirectories(options.OpenFolder))));
    }

    [Fact]
    public async Task Its_own_end_is_told_apart_from_ours()
    {
        await using var postgres = await StartAsync();

        await ServerProcess.SignalAsync(postgres.ProcessId, "KILL");

        Assert.True(await postgres.Ended);
    }

    [Fact]
    public async Task Cancelling_the_start_leaves_nothing_running()
    {
        await (await StartAsync()).DisposeAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            EmbeddedPostgres.StartAsync(Options(), TimeProvider.System, NullLogger.Instance, cancelled.Token));

        Assert.False(File.Exists(PidFile));
        await (await StartAsync()).DisposeAsync();
    }

    private static void OpenToAll(DirectoryInfo folder) =>
        folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private EmbeddedPostgresOptions Options() => new() { DataFolder = _folder.Path, Durable = false };

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(Options(), TimeProvider.System, NullLogger.Instance, CancellationToken.None);

    private Task WritePidFileAsync(int process) => File.WriteAllTextAsync(PidFile, string.Create(CultureInfo.InvariantCulture,
        $"{process}\n{_folder.Combine("postgres")}\n1700000000\n5432\n{_folder.Combine("postgres")}\n\n  1234567     98765\nready   \n"));

    private static int DeadProcess()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        return process.Id;
    }

    private static async Task<object?> ExecuteAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
