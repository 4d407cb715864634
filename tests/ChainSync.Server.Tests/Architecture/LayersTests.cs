using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ChainSync.Core;
using ChainSync.Realtime;
using ChainSync.Server.Sync;
using Xunit;

namespace ChainSync.Server.Tests.Architecture;

public class LayersTests
{
    private static readonly Assembly Server = typeof(StoreWriter).Assembly;

    // A feature that is there to go through others' doors, as a person would.
    private static readonly Dictionary<string, string[]> Guests = new()
    {
        ["Demo"] = ["*"], // fills a chain the way its people would
        ["Imports"] = ["CreateStore"], // opens the store that a file goes into
    };

    // What a shell starts: the server and the import.
    private static readonly string[] Programs = ["Program.cs", "ImportCommand.cs"];

    [Theory]
    [InlineData("ChainSync.Core")]
    [InlineData("ChainSync.Realtime")]
    [InlineData("ChainSync.Realtime.Client")]
    [InlineData("ChainSync.Analytics")]
    [InlineData("ChainSync.Server", "ChainSync.Analytics", "ChainSync.Core", "ChainSync.Realtime")]
    public void Projects_reference_only_what_lies_below_them(string project, params string[] below)
    {
        var file = XDocument.Load(Path.Combine(Sources.Root, "src", project, project + ".csproj"));

        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

        Assert.Empty(references.Except(below));
    }

    [Fact]
    public void Core_needs_nothing_but_the_base_library_and_does_no_network()
    {
        var references = typeof(Rejection).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.All(references, name => Assert.Matches("^System\\.(?!Net|Data|IO\\.Pipes|Diagnostics\\.Process)", name));
    }

    [Fact]
    public void The_hub_knows_no_commerce() =>
        Assert.DoesNotContain(typeof(Hub).Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("ChainSync.", StringComparison.Ordinal));

    [Fact]
    public void Features_do_not_use_each_others_handlers()
    {
        var handlers = Server.GetTypes().Where(IsHandler).ToLookup(FeatureOf, t => t.Name);
        var trespasses = new List<string>();
        foreach (var file in Sources.CSharpIn("src/ChainSync.Server/Features"))
        {
            var feature = FeatureOf(file);
            var words = Regex.Matches(Sources.Code(file), @"\w+").Select(m => m.Value).ToHashSet();
            var foreign = handlers.Where(h => h.Key != feature).SelectMany(h => h).Where(words.Contains);
            trespasses.AddRange(foreign.Where(name => !IsGuest(feature, name)).Select(name => $"{Path.GetFileName(file)} uses {name}"));
        }

        Assert.True(handlers.Count > 1, "no handlers found: this test would see nothing");
        Assert.Empty(trespasses);
    }

    [Fact]
    public void Only_the_composition_root_knows_the_wall_clock()
    {
        var files = Sources.CSharpIn("src/ChainSync.Core", "src/ChainSync.Server", "src/ChainSync.Analytics")
            .Where(file => Sources.Code(file).Contains("TimeProvider.System", StringComparison.Ordinal)).Select(Path.GetFileName);

        Assert.Empty(files.Except(Programs));
    }

    [Fact]
    public void Nothing_is_excused_from_the_banned_symbols() =>
        Assert.DoesNotContain(Sources.CSharpIn("src"), file => Sources.Code(file).Contains("RS0030", StringComparison.Ordinal));

    private static bool IsHandler(Type type) =>
        FeatureOf(type).Length > 0 && type is { IsNested: false, IsAbstract: false }
        && (type.IsSubclassOf(typeof(FactCommand)) || type.GetMethods().Any(m => m.Name == "HandleAsync" && m.DeclaringType == type)
            || type.Name.EndsWith("Handler", StringComparison.Ordinal));

    private static bool IsGuest(string feature, string handler) =>
        Guests.TryGetValue(feature, out var allowed) && (allowed.Contains("*") || allowed.Contains(handler));

    // ChainSync.Server.Features.Sales.Anything is of the feature Sales; a type outside the features is of none.
    private static string FeatureOf(Type type) => type.Namespace?.Split('.') is ["ChainSync", "Server", "Features", var feature, ..] ? feature : "";

    private static string FeatureOf(string file) =>
        Path.GetRelativePath(Path.Combine(Sources.Root, "src/ChainSync.Server/Features"), file).Split('/')[0];
}
