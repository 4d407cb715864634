using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests.Pages;

/// <summary>The built pages beside the API.</summary>
public sealed class PagesTests
{
    [Fact]
    public async Task Any_path_is_a_page_except_the_apis_own()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "index.html"), "<title>pages</title>");
        await using var host = await ApiHost.StartAsync(settings: ("Web:Folder", folder.Path));
        using var guest = host.Anonymous();

        var page = await ApiAnswer.OfAsync(await guest.GetAsync("/stores/S1/live"));
        var mistake = await ApiAnswer.OfAsync(await guest.GetAsync("/api/mistake"));

        Assert.Equal((200, "<title>pages</title>"), (page.Status, page.Text));
        Assert.Equal((404, "common.not-found"), (mistake.Status, mistake.Code));
    }
}
