using Xunit;

namespace ChainSync.EndToEnd;

/// <summary>A test with people in it. No browser may have complained when it ends; of a story that failed a picture of each page is kept.</summary>
public abstract class Story(Chromium chromium, Shop shop) : IClassFixture<Shop>, IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    protected Shop Shop { get; } = shop;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (visitor, index) in _visitors.Select((visitor, index) => (visitor, index)))
        {
            if (hasFailed) await visitor.Page.ScreenshotAsync(new() { Path = PicturePath(index) });
            await visitor.DisposeAsync();
        }
        if (!hasFailed) _visitors.ForEach(visitor => visitor.AssertQuiet());
    }

    protected async Task<Visitor> EnterAsync(int width = 1280, int height = 800, bool isTouch = false)
    {
        var visitor = await Visitor.EnterAsync(chromium.Browser, Shop.Address, width, height, isTouch);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Somebody signed in on a page.</summary>
    protected async Task<Visitor> EnterAsync(string email, string path, int width = 1280, int height = 800, bool isTouch = false)
    {
        var visitor = await EnterAsync(width, height, isTouch);
        await visitor.Page.GotoAsync(path);
        await visitor.SignInAsync(email);
        return visitor;
    }

    /// <summary>A manager at a new till that is ready to sell.</summary>
    protected async Task<Till> OpenTillAsync(string manager = Shop.Manager, string store = "S1", int width = 1280, int height = 800, bool isTouch = false) =>
        await Till.SetUpAsync(await EnterAsync(manager, $"/stores/{store}/sell", width, height, isTouch));

    private static string PicturePath(int index)
    {
        var name = TestContext.Current.TestMethod?.MethodName ?? "test";
        return Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "test", $"{name}-{index}.png");
    }
}
