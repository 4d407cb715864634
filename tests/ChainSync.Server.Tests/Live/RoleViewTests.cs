using System.Text.Json;
using Xunit;

namespace ChainSync.Server.Tests.Live;

/// <summary>What somebody is told and what REST shows them is the same: no frame says more, and none is missing.</summary>
public sealed class RoleViewTests(RoleViewStory story) : IClassFixture<RoleViewStory>
{
    /// <summary>Stands for what an event says of the change itself: REST has no word for it.</summary>
    private const string Change = "";

    /// <summary>
    /// Of each event the field that names the thing it is about, and what REST calls its fields where it has another name for them:
    /// <c>before.x</c> is what x was before. The rows of docs/protocol.md, "What each role sees".
    /// </summary>
    private static readonly Dictionary<string, (string Id, Dictionary<string, string> Words)> Table = new()
    {
        ["sale:created"] = ("id", new() { ["items"] = "lines", ["itemsMilli"] = "lines", ["paymentMethods"] = "payments" }),
        ["sale:updated"] = ("id", []),
        ["sale:refunded"] = ("id", []),
        ["payment:received"] = ("saleId", new() { ["saleId"] = "id" }),
        ["payment:refunded"] = ("id", []),
        ["customer:created"] = ("id", []),
        ["customer:updated"] = ("id", []),
        ["customer:deleted"] = ("id", []),
        ["product:created"] = ("id", []),
        ["product:updated"] = ("id", []),
        ["product:price_changed"] = ("id", new() { ["previousPriceMinor"] = "before.priceMinor" }),
        ["product:deleted"] = ("id", []),
        ["category:created"] = ("id", []),
        ["category:updated"] = ("id", []),
        ["category:deleted"] = ("id", []),
        ["inventory:updated"] = ("productId", new() { ["productId"] = "id", ["deltaMilli"] = Change, ["reason"] = Change }),
        ["inventory:low_stock"] = ("productId", new() { ["productId"] = "id", ["deltaMilli"] = Change, ["reason"] = Change }),
        ["inventory:out_of_stock"] = ("productId", new() { ["productId"] = "id", ["deltaMilli"] = Change, ["reason"] = Change }),
        ["inventory:restocked"] = ("productId", new() { ["productId"] = "id", ["deltaMilli"] = Change, ["reason"] = Change }),
    };

    public static TheoryData<string> Viewers => [.. RoleViewStory.Viewers.Keys];

    public static TheoryData<string, string> OtherWays =>
        [.. RoleViewStory.Viewers.Keys.SelectMany(viewer => RoleViewStory.Ways.Skip(1).Select(way => (viewer, way)))];

    [Theory]
    [MemberData(nameof(Viewers))]
    public void No_frame_says_what_REST_hides(string viewer) => Assert.All(story.Heard[(viewer, "live")], frame =>
    {
        var (type, data) = (frame.GetProperty("type").GetString()!, frame.GetProperty("data"));
        var step = StepOf(frame);
        var (id, words) = Table[type];
        var thing = (viewer, data.GetProperty(id).GetGuid());
        if (type.EndsWith(":deleted", StringComparison.Ordinal))
        {
            Assert.True(step.Before.ContainsKey(thing), $"{viewer} is told of the end of what they never saw: {frame}");
            Assert.False(step.Shown.TryGetValue(thing, out var still) && still.GetProperty("active").GetBoolean(), $"{frame}");
            return;
        }
        Assert.True(step.Shown.TryGetValue(thing, out var shown), $"{viewer} is told of what REST does not show: {frame}");
        foreach (var field in data.EnumerateObject()) AssertShown(field, words.GetValueOrDefault(field.Name, field.Name), step.Before.GetValueOrDefault(thing), shown);
    });

    [Theory]
    [MemberData(nameof(Viewers))]
    public void Who_loaded_the_shelf_and_then_listened_has_what_REST_would_show_now(string viewer)
    {
        var shelf = story.Shelves[viewer].First.ToDictionary(s => s.Key, s => Fields(s.Value));
        foreach (var frame in story.Heard[(viewer, "live")]) Apply(frame, shelf, keepsArchived: !viewer.Contains("customer", StringComparison.Ordinal));

        var now = story.Shelves[viewer].Last.ToDictionary(s => s.Key, s => Fields(s.Value));
        Assert.Equal(now.Keys.Order(), shelf.Keys.Order());
        Assert.All(now, item => Assert.Equivalent(item.Value, shelf[item.Key], strict: true));
    }

    [Theory]
    [MemberData(nameof(OtherWays))]
    public void The_same_comes_by_every_way_of_hearing_it(string viewer, string way)
    {
        var (live, other) = (Texts(viewer, "live"), Texts(viewer, way));

        if (!way.EndsWith("latest", StringComparison.Ordinal)) Assert.Equal(live, other);
        else Assert.Equal(live.Where(f => !IsLevel(f)), other.Where(f => !IsLevel(f)));

        static bool IsLevel(string frame) => frame.StartsWith("""{"type":"inventory:updated""", StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_hear_of_their_own_sales_whatever_becomes_of_them_and_of_no_others()
    {
        Assert.Equal(["sale:created", "payment:received", "payment:refunded", "sale:refunded", "sale:updated"], Purchases("customer"));
        Assert.Empty(Purchases("another customer"));
        Assert.Equal(10, Purchases("admin").Count());

        IEnumerable<string> Purchases(string viewer) => story.Heard[(viewer, "live")].Select(f => f.GetProperty("type").GetString()!)
            .Where(t => t.StartsWith("sale:", StringComparison.Ordinal) || t.StartsWith("payment:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Viewers))]
    public void Positions_rise_and_so_do_the_parts_of_one(string viewer)
    {
        var places = story.Heard[(viewer, "live")]
            .Select(f => (Seq: f.GetProperty("seq").GetInt64(), Part: f.TryGetProperty("part", out var part) ? part.GetInt32() : 0)).ToList();

        Assert.Equal(places.Distinct().Order(), places);
    }

    private RoleViewStory.Step StepOf(JsonElement frame)
    {
        var seq = frame.GetProperty("seq").GetInt64();
        return story.Steps.Single(s => seq > s.After && seq <= s.Seq);
    }

    private IEnumerable<string> Texts(string viewer, string way) => story.Heard[(viewer, way)].Select(f => f.GetRawText());

    private static void AssertShown(JsonProperty told, string word, JsonElement before, JsonElement shown)
    {
        if (word == Change) return;
        var (view, name) = word.Split('.') is [_, var was] ? (before, was) : (shown, word);
        var has = view.TryGetProperty(name, out var value);
        if (told.Value.ValueKind == JsonValueKind.Null) Assert.False(has, $"{told} is {value}");
        else if (word is "lines" or "payments") Assert.True(has, $"{told} is hidden");
        else Assert.True(has && JsonElement.DeepEquals(told.Value, value), $"{told} is {value}");
    }

    /// <summary>What a client does by docs/protocol.md: it lays what changed over what it knows.</summary>
    private static void Apply(JsonElement frame, Dictionary<Guid, Dictionary<string, string>> shelf, bool keepsArchived)
    {
        var (type, data) = (frame.GetProperty("type").GetString()!, frame.GetProperty("data"));
        if (!type.StartsWith("product:", StringComparison.Ordinal) && !type.StartsWith("category:", StringComparison.Ordinal)) return;
        var id = data.GetProperty("id").GetGuid();
        switch (type.Split(':')[1])
        {
            case "created":
                Assert.True(shelf.TryAdd(id, Fields(data)), $"{frame} was there");
                break;
            case "updated":
                foreach (var field in data.EnumerateObject())
                {
                    if (field.Value.ValueKind == JsonValueKind.Null) shelf[id].Remove(field.Name);
                    else shelf[id][field.Name] = field.Value.GetRawText();
                }
                break;
            case "deleted" when !keepsArchived:
                Assert.True(shelf.Remove(id), $"{frame} was not there");
                break;
        }
    }

    // Stock moves by events of its own, and the time of an edit is the frame's.
    private static Dictionary<string, string> Fields(JsonElement item) =>
        item.EnumerateObject().Where(f => f.Name is not ("onHandMilli" or "reservedMilli" or "lastSyncedAt")).ToDictionary(f => f.Name, f => f.Value.GetRawText());
}
