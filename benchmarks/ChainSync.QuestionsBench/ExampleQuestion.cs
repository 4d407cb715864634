using System.Text.Json;
using ChainSync.Analytics.Questions;

namespace ChainSync.QuestionsBench;

/// <summary>One question of a labelled set, with every answer that counts as right.</summary>
internal sealed record ExampleQuestion(string Id, string Question, DateOnly Today, string? Context, IReadOnlyList<AnswerSlots> Right, IReadOnlyList<string> Tags)
{
    /// <summary>Folder with the labelled sets: CHAINSYNC_DATA_DIR, else ../shared/data beside the working folder or above it.</summary>
    public static string DataFolder()
    {
        if (Environment.GetEnvironmentVariable("CHAINSYNC_DATA_DIR") is { Length: > 0 } stated)
            return stated;

        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "..", "shared", "data") is var found && Directory.Exists(found))
                return Path.GetFullPath(found);

        return Path.GetFullPath("../shared/data");
    }

    /// <summary>Reads a file with one JSON question per line.</summary>
    /// <exception cref="InvalidDataException">A line is not a question; the message names it.</exception>
    public static IReadOnlyList<ExampleQuestion> Load(string file) =>
        [.. File.ReadLines(file).Select((line, i) => (Text: line, Number: i + 1)).Where(line => line.Text.Trim().Length > 0)
            .Select(line => Understood($"{file}, line {line.Number}", () => Parse(line.Text)))];

    /// <summary>Reads the names that the questions mention.</summary>
    /// <exception cref="InvalidDataException">It is not a catalogue.</exception>
    public static ShopNames LoadNames(string file) => Understood(file, () => ParseNames(file));

    private static T Understood<T>(string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{place}: {e.Message}", e);
        }
    }

    private static ShopNames ParseNames(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var fields = new[] { ("stores", "store"), ("categories", "category"), ("products", "product"), ("suppliers", "supplier"), ("paymentMethods", "payment_method"), ("channels", "channel"), ("employees", "employee"), ("customers", "customer") };
        var names = from field in fields
                    where json.RootElement.TryGetProperty(field.Item1, out _)
                    from name in json.RootElement.GetProperty(field.Item1).EnumerateArray()
                    select new ShopName(field.Item2, (name.ValueKind == JsonValueKind.Array ? name[0] : name).GetString()!);
        return new([.. names]);
    }

    private static ExampleQuestion Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var expected = root.GetProperty("expected");
        var right = new List<AnswerSlots> { AnswerSlots.FromJson(expected, null) };
        foreach (var holder in new[] { root, expected })
            if (holder.TryGetProperty("acceptAlso", out var also))
                right.AddRange((also.ValueKind == JsonValueKind.Array ? also.EnumerateArray().ToArray() : [also]).Select(other => AnswerSlots.FromJson(other, expected)));

        return new(
            root.GetProperty("id").GetString()!,
            root.GetProperty("question").GetString()!,
            DateOnly.Parse(root.GetProperty("referenceDate").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            root.TryGetProperty("context", out var context) ? context.GetString() : null,
            right,
            root.TryGetProperty("tags", out var tags) ? [.. tags.EnumerateArray().Select(t => t.GetString()!)] : []);
    }
}
