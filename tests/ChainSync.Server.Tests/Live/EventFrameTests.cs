using System.Text.Json;
using System.Text.Json.Serialization;
using ChainSync.Core.Events;
using ChainSync.Server.Tests.Architecture;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>What the real server sends of real writes, held against the catalogue, its frozen samples and the role matrix.</summary>
public sealed class EventFrameTests(EventStory story) : IClassFixture<EventStory>
{
    // In the catalogue because clients are built for them; no feature writes such rows yet.
    private static readonly string[] NotWrittenYet = ["order:", "shift:", "chat:", "ai:", "payment:failed"];

    private static readonly JsonSerializerOptions Strict = new(EventJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [Fact]
    public void Every_durable_event_comes_from_what_people_do()
    {
        var expected = EventCatalogue.All.Where(e => e.Life == EventLife.Durable).Select(e => e.Name)
            .Where(name => !NotWrittenYet.Any(name.StartsWith));

        Assert.Equivalent(expected, TypesOf("admin").Distinct(), strict: true);
    }

    [Fact]
    public void Each_frame_is_the_samples_in_shape_and_the_payload_types_in_content() => Assert.All(story.Heard["admin"], frame =>
    {
        var definition = EventCatalogue.Find(frame.GetProperty("type").GetString()!)!;
        AssertShape(Sample(definition.Name), frame, definition.Name, except: "data");
        AssertShape(SampleData(definition), frame.GetProperty("data"), definition.Name);

        var payload = Strict.GetTypeInfo(definition.PayloadInfo.Type);
        var written = JsonSerializer.SerializeToElement(frame.GetProperty("data").Deserialize(payload), payload);
        Assert.True(JsonElement.DeepEquals(frame.GetProperty("data"), written), $"{frame} is read as {written}");
    });

    [Fact]
    public void Everyone_hears_what_their_role_sees_and_customers_their_own()
    {
        var all = TypesOf("admin");

        Assert.Equal(all, TypesOf("manager"));
        Assert.Equal(all.Where(t => !t.StartsWith("payment:", StringComparison.Ordinal)), TypesOf("staff"));
        Assert.Equal(
            [
                "category:created", "category:created", "category:updated", "category:deleted", // archived is gone
                "product:created", "product:updated", "product:price_changed", "product:deleted",
                "product:created",
            ],
            TypesOf("another customer"));
        Assert.Equal(all.Where(Purchase), TypesOf("customer").Where(Purchase));
        Assert.Equal(TypesOf("another customer"), TypesOf("customer").Where(t => !Purchase(t)));

        static bool Purchase(string type) => type.StartsWith("sale:", StringComparison.Ordinal) || type.StartsWith("payment:", StringComparison.Ordinal);
    }

    [Fact]
    public void Stock_says_which_border_it_crossed_after_the_level_itself() => Assert.Equal(
        [
            "inventory:updated", "inventory:restocked", // 0 → 20
            "inventory:updated", "inventory:low_stock", // 20 → 9
            "inventory:updated", "inventory:out_of_stock", // 9 → 0
            "inventory:updated", "inventory:restocked", // 0 → 1
        ],
        TypesOf("admin").Where(t => t.StartsWith("inventory:", StringComparison.Ordinal)));

    [Fact]
    public void Parts_of_one_position_are_numbered_from_nought() =>
        Assert.All(story.Heard["admin"].GroupBy(f => f.GetProperty("seq").GetInt64()), position =>
            Assert.Equal(Enumerable.Range(0, position.Count()), position.Select(f => f.TryGetProperty("part", out var part) ? part.GetInt32() : 0)));

    private List<string> TypesOf(string viewer) => [.. story.Heard[viewer].Select(f => f.GetProperty("type").GetString()!)];

    // A change names fields of the document, so what its sample does not happen to have is looked up in the one it began with.
    private static Dictionary<string, JsonElement> SampleData(EventDefinition definition)
    {
        var fields = definition.PayloadInfo.Type == typeof(DocumentChanged)
            ? Sample(definition.Name.Split(':')[0] + ":created")["data"].EnumerateObject().ToDictionary(f => f.Name, f => f.Value)
            : [];
        foreach (var field in Sample(definition.Name)["data"].EnumerateObject()) fields[field.Name] = field.Value;
        return fields;
    }

    private static Dictionary<string, JsonElement> Sample(string name)
    {
        var file = Path.Combine(Sources.Root, "tests/vectors/events", name.Replace(':', '-').Replace('_', '-') + ".json");
        return JsonElement.Parse(File.ReadAllText(file)).EnumerateObject().ToDictionary(f => f.Name, f => f.Value);
    }

    private static void AssertShape(Dictionary<string, JsonElement> sample, JsonElement real, string at, string? except = null)
    {
        // Which part of its position an event is depends on what else happened.
        foreach (var field in real.EnumerateObject().Where(f => f.Name != "part" && f.Name != except))
        {
            Assert.True(sample.TryGetValue(field.Name, out var expected), $"{at} has {field.Name}, its sample has not");
            AssertKind(expected, field.Value, $"{at}.{field.Name}");
        }
    }

    private static void AssertKind(JsonElement expected, JsonElement real, string at)
    {
        if (expected.ValueKind is JsonValueKind.Null || real.ValueKind is JsonValueKind.Null) return; // emptied in a change
        Assert.True(Kind(expected) == Kind(real), $"{at} is {real.ValueKind}, its sample {expected.ValueKind}");
        if (expected.ValueKind == JsonValueKind.Object) AssertShape(expected.EnumerateObject().ToDictionary(f => f.Name, f => f.Value), real, at);
        if (expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() > 0)
            foreach (var item in real.EnumerateArray()) AssertKind(expected[0], item, at + "[]");
    }

    private static JsonValueKind Kind(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
}
