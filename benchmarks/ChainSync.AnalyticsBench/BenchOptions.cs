using System.Globalization;

namespace ChainSync.AnalyticsBench;

/// <summary>What the command line asks for.</summary>
/// <param name="Sets">Names of the sets, of <see cref="DataSets"/>.</param>
/// <param name="Models">Names of the models; null for all.</param>
/// <param name="Results">Folder of the results.</param>
/// <param name="Parallelism">Stretches replayed at once; 0 for as many as R leaves free.</param>
/// <param name="LimitForR">How long R may be asked; nothing waits for it longer.</param>
/// <param name="Limit">When the run stops, whatever is left.</param>
/// <param name="Quick">See <see cref="DataSet.Quickened"/>.</param>
/// <param name="Replays">Folder from which replays are taken and in which they are kept; null for none.</param>
internal sealed record BenchOptions(
    IReadOnlyList<string> Sets, IReadOnlySet<string>? Models, string Results, int Parallelism, TimeSpan LimitForR, TimeSpan Limit, bool Quick, string? Replays)
{
    public const string Usage =
        "./bench analytics [--quick] [--minutes 15] [--sets a,b] [--models x,y] [--no-r | --r-minutes n] [--parallel n] [--results folder] [--replays folder]";

    /// <summary>What was asked of the run, without the places of files: empty, or beginning with a space.</summary>
    public string Asked { get; private init; } = "";

    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(15);

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions(DataSets.Names, null, Path.Combine("benchmarks", "results"), 0, TimeSpan.MinValue, Whole, false, null);
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--no-r" => options with { LimitForR = TimeSpan.Zero },
                "--sets" => options with { Sets = Chosen(Value(args, ref i), DataSets.Names) },
                "--models" => options with { Models = Chosen(Value(args, ref i), DataSets.Models).ToHashSet(StringComparer.Ordinal) },
                "--results" => options with { Results = Value(args, ref i) },
                "--replays" => options with { Replays = Value(args, ref i) },
                "--parallel" => options with { Parallelism = (int)Number(args, ref i, least: 1) },
                "--minutes" => options with { Limit = TimeSpan.FromMinutes(Number(args, ref i, least: 0.1)) },
                "--r-minutes" => options with { LimitForR = TimeSpan.FromMinutes(Number(args, ref i, least: 0)) },
                _ => throw new ArgumentException($"'{args[i]}' is not an argument of this bench."),
            };
        var forR = options.LimitForR == TimeSpan.MinValue ? options.Quick ? TimeSpan.FromMinutes(1.5) : 0.9 * options.Limit : options.LimitForR;
        return options with { LimitForR = forR < options.Limit ? forR : options.Limit, Asked = string.Concat(Measuring(args).Select(a => " " + a)) };
    }

    private static IEnumerable<string> Measuring(string[] args) =>
        args.Where((a, i) => !(a is "--results" or "--replays") && !(i > 0 && args[i - 1] is "--results" or "--replays"));

    private static string Value(string[] args, ref int i) =>
        i + 1 < args.Length ? args[++i] : throw new ArgumentException($"{args[i]} needs a value.");

    private static double Number(string[] args, ref int i, double least)
    {
        var (name, text) = (args[i], Value(args, ref i));
        return double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 10_000
            ? number
            : throw new ArgumentException($"{name} needs a number, at least {least.ToString(CultureInfo.InvariantCulture)}; '{text}' is none.");
    }

    private static string[] Chosen(string text, IReadOnlyList<string> known) =>
        [.. text.Split(',').Select(name => known.Contains(name) ? name : throw new ArgumentException($"'{name}' is not one of {string.Join(", ", known)}."))];
}
