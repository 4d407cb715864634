using System.Globalization;
using ChainSync.Server.Infrastructure.Startup;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>
/// The user that PostgreSQL's processes run as: the one who started us, or, because PostgreSQL refuses to run as root,
/// an unprivileged one: the owner of the existing files, else <c>postgres</c>, else <c>nobody</c>.
/// </summary>
internal sealed class PostgresAccount
{
    private readonly uint _userId;
    private readonly uint _groupId;
    private readonly string[] _prefix;

    private PostgresAccount(string name, uint userId, uint groupId, string[] prefix)
    {
        Name = name;
        _userId = userId;
        _groupId = groupId;
        _prefix = prefix;
    }

    public string Name { get; }

    private bool IsOurs => _prefix.Length == 0;

    public static async Task<PostgresAccount> ChooseAsync(string? existingFolder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return new PostgresAccount(Environment.UserName, 0, 0, []);
        if (!OperatingSystem.IsLinux())
            throw new StartupException("PostgreSQL refuses to run as root; start ChainSync as an ordinary user.");
        var users = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        var (userId, groupId) = existingFolder is null ? (0, 0) : await OwnerAsync(existingFolder, cancellationToken);
        if (userId == 0)
            (userId, groupId) = Find(users, "postgres") ?? Find(users, "nobody")
                ?? throw new StartupException("PostgreSQL refuses to run as root and there is no user postgres or nobody to run it as.");
        var name = users.Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 2 && user[2] == Text(userId))?[0];
        return new PostgresAccount(name ?? Text(userId), userId, groupId,
            ["setpriv", $"--reuid={userId}", $"--regid={groupId}", "--clear-groups", "--no-new-privs"]);
    }

    /// <summary>The command that does the same as this account.</summary>
    public IEnumerable<string> Command(params IEnumerable<string> command) => [.. _prefix, .. command];

    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        IsOurs || (await Unix.RunAsync(Command("test", "-x", folder), cancellationToken)).ExitCode == 0;

    /// <summary>Makes a folder that only this account (and root) can enter.</summary>
    public void CreatePrivateFolder(string folder)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Own(folder);
    }

    public void Own(string path)
    {
        if (!IsOurs)
            Unix.ChangeOwner(path, _userId, _groupId);
    }

    private static async Task<(uint UserId, uint GroupId)> OwnerAsync(string folder, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Unix.RunAsync(["stat", "-L", "-c", "%u %g", folder], cancellationToken);
        return exitCode == 0 && output.Split(' ') is [var user, var group]
            ? (Number(user), Number(group))
            : throw new StartupException($"Cannot tell who owns {folder}: {output.Trim()}.");
    }

    private static (uint UserId, uint GroupId)? Find(string[] users, string name) =>
        users.Select(line => line.Split(':')).FirstOrDefault(user => user.Length > 3 && user[0] == name) is { } found
            ? (Number(found[2]), Number(found[3]))
            : null;

    private static uint Number(string text) => uint.Parse(text, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    private static string Text(uint id) => id.ToString(CultureInfo.InvariantCulture);
}
