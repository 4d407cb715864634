using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Json;
using ChainSync.Core.Log;

namespace ChainSync.Server.Live;

/// <summary>Events of notices that people send.</summary>
internal static class NoticeEvents
{
    public static void Sent(LogRow row, EventFrames frames)
    {
        var notice = JsonSerializer.Deserialize(row.Change.After!, ChainSyncJson.Default.Notice)!;
        if (EventCatalogue.Find(notice.Type) is not EventDefinition<SystemNotice> definition) return;
        // What is for the store as a whole goes where its administrators listen; the rest of the store hears it as part of everything.
        var channel = notice.Audience == Notice.WholeStore ? definition.Namespace : notice.Audience;
        frames.Add(definition, notice.ToEvent(), new EventFrames.Address(channel, new HubEvents.Audience(notice.Audience, OwnerId: null, notice.UserId)));
    }
}
