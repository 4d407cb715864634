using System.Text;

namespace ChainSync.Realtime.Tests.Presence;

/// <summary>Counts customers, and tells it on <c>inventory:&lt;shop&gt;</c>, which they may not see.</summary>
public sealed class TestPresence : IHubPresence
{
    public bool Counts(HubUser user, string streamId) => user.Role == "customer";

    public HubFleeting Changed(string streamId, HubUser who, bool present, int online) =>
        Frame(streamId, present ? "test:came" : "test:left", $$"""{"userId":"{{who.Id}}","online":{{online}}}""");

    public HubFleeting State(string streamId, HubPresent present) =>
        Frame(streamId, "test:there", $$"""{"online":{{present.Online}},"users":[{{string.Join(',', present.Listed.Select(u => $"\"{u.Id}\""))}}]}""");

    private static HubFleeting Frame(string streamId, string type, string data) =>
        new($"inventory:{streamId}", Encoding.UTF8.GetBytes($$"""{"type":"{{type}}","channel":"inventory:{{streamId}}","data":{{data}}}"""));
}
