using System.Globalization;
using ChainSync.RealtimeBench.Parts;
using ChainSync.RealtimeBench.Peers;

namespace ChainSync.RealtimeBench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions(IReadOnlyList<string> Parts, IReadOnlyList<PeerKind> Peers, int Rounds, bool Quick)
{
    public const string Usage = """
        Usage: ./bench realtime [--only PART,…] [--peers NAME,…] [--rounds N] [--quick]
        """;

    /// <summary>Subscribers of a crowd, unless a figure names another number.</summary>
    public const int Subscribers = 1_000;

    /// <summary>How long one peer is measured in one round of one part.</summary>
    public TimeSpan Slice => TimeSpan.FromSeconds(Quick ? 0.5 : 2);

    /// <summary>How long a peer runs before it is measured, so that its code is compiled for what it does.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Quick ? 1.5 : 4);

    public bool Wants(string part) => Parts.Count == 0 || Parts.Contains(part);

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions([], PeerKind.All, 0, false);
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--only" => options with { Parts = Known(args[++i], Part.Names) },
                "--peers" => options with { Peers = [.. Known(args[++i], [.. PeerKind.All.Select(p => p.Name)]).Select(name => PeerKind.All.Single(p => p.Name == name))] },
                "--rounds" => options with { Rounds = int.Parse(args[++i], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"Unknown argument '{args[i]}'."),
            };
        return options.Rounds > 0 ? options : options with { Rounds = options.Quick ? 2 : 5 };
    }

    private static string[] Known(string list, IReadOnlyList<string> names)
    {
        var words = list.Split(',');
        return words.FirstOrDefault(w => !names.Contains(w)) is { } unknown
            ? throw new ArgumentException($"There is no '{unknown}'; there are {string.Join(", ", names)}.")
            : words;
    }
}
