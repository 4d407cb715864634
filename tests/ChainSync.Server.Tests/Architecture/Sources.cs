using System.Text.RegularExpressions;

namespace ChainSync.Server.Tests.Architecture;

/// <summary>The repository's files, as the tests of its shape read them.</summary>
internal static partial class Sources
{
    /// <summary>The checkout that this program was built in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files below folders of the repository.</summary>
    public static IReadOnlyList<string> CSharpIn(params ReadOnlySpan<string> folders)
    {
        var files = new List<string>();
        foreach (var folder in folders) files.AddRange(Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories));
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>A file's code without its line comments, documentation included.</summary>
    public static string Code(string file) => LineComment().Replace(File.ReadAllText(file), "");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChainSync.slnx"))) return folder.FullName;
        }
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout.");
    }

    // An address in a string (https://…) is no comment.
    [GeneratedRegex("(?<![:\"])//.*$", RegexOptions.Multiline)]
    private static partial Regex LineComment();
}
