using System.Buffers;
using System.Text.Json;

namespace ChainSync.Core.Events;

/// <summary>Tells the people of a store something.</summary>
/// <param name="Type">Which: <c>system:notification</c>, <c>system:alert</c> or <c>system:maintenance</c>.</param>
/// <param name="Data">An object with whatever is to be told; <c>title</c> and <c>message</c> are for people.</param>
/// <param name="TargetChannel">
/// For whom: <c>&lt;namespace&gt;:&lt;storeId&gt;</c> or <c>store:&lt;storeId&gt;</c>; without the store, in each of the sender's. Null is <c>store</c>: all who work there.
/// </param>
/// <param name="TargetUserId">Only for this person, wherever they are connected; or null.</param>
public sealed record SendNotice(string Type, JsonElement Data, string? TargetChannel = null, Guid? TargetUserId = null)
{
    /// <summary>Most bytes of <see cref="Data"/>, in UTF-8.</summary>
    public const int MaxDataBytes = 4 * 1024;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleLength = 200;

    /// <summary>Longest message, in characters.</summary>
    public const int MessageLength = 1_000;

    private static readonly string[] Types =
        [EventCatalogue.SystemNotification.Name, EventCatalogue.SystemAlert.Name, EventCatalogue.SystemMaintenance.Name];

    private static readonly string[] Reserved = ["id", "actorId", "actorName"];

    /// <summary>What is wrong with the request, whoever sends it, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.Require(Types.Contains(Type), "type", $"Must be one of {string.Join(", ", Types)}.");
        errors.Require(TargetUserId != Guid.Empty, "targetUserId", "Must be a person's id.");
        if (errors.Require(Data.ValueKind == JsonValueKind.Object, "data", "Must be an object.")) CheckData(errors);
        return errors.ToRejection();
    }

    private void CheckData(FieldErrors errors)
    {
        var bytes = SizeOf(Data);
        if (!errors.Require(bytes is not null, "data", "Must hold text that is Unicode.")) return;
        if (!errors.Require(bytes <= MaxDataBytes, "data", $"Must be at most {MaxDataBytes} bytes.")) return;
        foreach (var name in Reserved) errors.Require(!Data.TryGetProperty(name, out _), $"data.{name}", "Is set by the server.");
        CheckText(errors, "title", TitleLength, lines: false);
        CheckText(errors, "message", MessageLength, lines: true);
    }

    private void CheckText(FieldErrors errors, string name, int maxLength, bool lines)
    {
        if (!Data.TryGetProperty(name, out var value)) return;
        if (!errors.Require(value.ValueKind == JsonValueKind.String, $"data.{name}", "Must be text.")) return;
        var text = value.GetString()!;
        errors.CheckText($"data.{name}", lines ? text.Replace('\n', ' ') : text, maxLength);
    }

    // Written out as it will be in each frame: half a surrogate pair passes a parser and fails here.
    private static long? SizeOf(JsonElement data)
    {
        try
        {
            using var json = new Utf8JsonWriter(new ArrayBufferWriter<byte>());
            data.WriteTo(json);
            json.Flush();
            return json.BytesCommitted;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }
}
