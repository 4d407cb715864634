using System.Text.Json;
using ChainSync.Core.Events;
using ChainSync.Core.Json;
using Xunit;

namespace ChainSync.Core.Tests.Events;

public sealed class SendNoticeTests
{
    [Theory]
    [InlineData("""{"type":"system:notification","data":{}}""")]
    [InlineData("""{"type":"system:maintenance","data":{"message":"two\nlines","title":"one","any":[{"thing":null}]}}""")]
    public void What_is_within_bounds_passes(string json) => Assert.Null(Read(json).Check());

    [Theory]
    [InlineData("type", """{"type":"sale:created","data":{}}""")]
    [InlineData("data", """{"type":"system:alert","data":[]}""")]
    [InlineData("data", """{"type":"system:alert","data":null}""")]
    [InlineData("data", """{"type":"system:alert","data":{"a":"\ud800"}}""")]
    [InlineData("data.id", """{"type":"system:alert","data":{"id":1}}""")]
    [InlineData("data.actorId", """{"type":"system:alert","data":{"actorId":null}}""")]
    [InlineData("data.actorName", """{"type":"system:alert","data":{"actorName":"The boss"}}""")]
    [InlineData("data.title", """{"type":"system:alert","data":{"title":7}}""")]
    [InlineData("data.title", """{"type":"system:alert","data":{"title":" "}}""")]
    [InlineData("data.title", """{"type":"system:alert","data":{"title":"two\nlines"}}""")]
    [InlineData("data.message", """{"type":"system:alert","data":{"message":"bell \u0007"}}""")]
    [InlineData("targetUserId", """{"type":"system:alert","data":{},"targetUserId":"00000000-0000-0000-0000-000000000000"}""")]
    public void What_is_out_of_bounds_is_blamed(string field, string json) => Assert.Equal([field], Read(json).Check()!.Errors!.Keys);

    [Theory]
    [InlineData("title", "data.title", SendNotice.TitleLength)]
    [InlineData("message", "data.message", SendNotice.MessageLength)]
    [InlineData("note", "data", SendNotice.MaxDataBytes - 11)] // {"note":"…"} is eleven bytes more
    public void The_longest_text_passes_and_one_more_does_not(string name, string blamed, int length)
    {
        Assert.Null(Of(length).Check());
        Assert.Equal([blamed], Of(length + 1).Check()!.Errors!.Keys);

        SendNotice Of(int characters) => Read($$$"""{"type":"system:alert","data":{"{{{name}}}":"{{{new string('x', characters)}}}"}}""");
    }

    [Fact]
    public void A_notice_carries_what_was_sent_and_who_sent_it()
    {
        var data = JsonElement.Parse("""{"lots":[4711],"title":"Recall","message":"Milk"}""");
        var notice = new Notice(Guid.Empty, "system:alert", Notice.WholeStore, data, "Grace", DateTimeOffset.UnixEpoch);

        var told = JsonSerializer.SerializeToElement(notice.ToEvent(), EventJson.Default.SystemNotice);

        Assert.Equal(
            """{"id":"00000000-0000-0000-0000-000000000000","actorName":"Grace","title":"Recall","message":"Milk","lots":[4711]}""", told.ToString());
    }

    private static SendNotice Read(string json) => JsonSerializer.Deserialize(json, ChainSyncJson.Default.SendNotice)!;
}
