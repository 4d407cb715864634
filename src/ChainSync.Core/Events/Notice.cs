using System.Text.Json;

namespace ChainSync.Core.Events;

/// <summary>A notice as a store's log has it.</summary>
/// <param name="Id">Its id, the same in every store it went to: that of the operation that sent it.</param>
/// <param name="Type">Which: <c>system:notification</c>, <c>system:alert</c> or <c>system:maintenance</c>.</param>
/// <param name="Audience">The namespace whose rights count, or <see cref="WholeStore"/>.</param>
/// <param name="Data">What is told.</param>
/// <param name="ActorName">Who sent it.</param>
/// <param name="CreatedAt">When the server recorded it, UTC.</param>
/// <param name="ActorId">The sender, where it was a person.</param>
/// <param name="UserId">Only for this person, or null.</param>
public sealed record Notice(
    Guid Id, string Type, string Audience, JsonElement Data, string ActorName, DateTimeOffset CreatedAt, Guid? ActorId = null, Guid? UserId = null)
{
    /// <summary>The audience of all who work in the store.</summary>
    public const string WholeStore = "store";

    /// <summary>What those it is for are told.</summary>
    public SystemNotice ToEvent()
    {
        var told = new SystemNotice { Id = Id, ActorId = ActorId, ActorName = ActorName, Title = Text("title"), Message = Text("message") };
        foreach (var field in Data.EnumerateObject())
        {
            if (field.Name is not ("title" or "message")) told.More[field.Name] = field.Value;
        }
        return told;
    }

    private string? Text(string name) => Data.TryGetProperty(name, out var text) ? text.GetString() : null;
}
