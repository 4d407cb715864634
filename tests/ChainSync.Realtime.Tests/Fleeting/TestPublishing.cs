using System.Text;
using System.Text.Json;

namespace ChainSync.Realtime.Tests.Fleeting;

/// <summary>
/// Lets anybody say <c>test:says {"words", "about"?}</c> on a channel of either shop. Completed with who said it; of customers, only the
/// one who said it sees it.
/// </summary>
public sealed class TestPublishing : IHubPublishing
{
    public ValueTask<HubPublication> JudgeAsync(HubUser user, HubPublish publish, CancellationToken cancellationToken)
    {
        if (publish.Event != "test:says") return new(HubPublication.Refuse("hub.not-publishable"));
        using var data = JsonDocument.Parse(publish.Data);
        if (data.RootElement.ValueKind != JsonValueKind.Object) return new(HubPublication.Refuse("common.invalid"));
        var about = data.RootElement.TryGetProperty("about", out var subject) ? subject.GetString() : null;
        var said = Says(publish.Channel, user.Id, data.RootElement.GetProperty("words").GetString()!, user.Id);
        return new(HubPublication.Accept(publish.Channel.Split(':')[1], said, about));
    }

    public static HubFleeting Says(string channel, string userId, string words, string? audience = null) =>
        new(channel, Encoding.UTF8.GetBytes($$"""{"type":"test:says","channel":"{{channel}}","data":{"userId":"{{userId}}","words":"{{words}}"} }"""), audience);
}
