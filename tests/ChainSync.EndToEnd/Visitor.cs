using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>Somebody with a browser of their own, and everything that went wrong in it.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly List<string> _expected = [];

    private Visitor(IBrowserContext context, IPage page) => (Context, Page) = (context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public static async Task<Visitor> EnterAsync(IBrowser browser, Uri address, int width = 1280, int height = 800, bool isTouch = false)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            HasTouch = isTouch,
            IsMobile = isTouch,
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
        });
        var visitor = new Visitor(context, await context.NewPageAsync());
        visitor.Page.Console += (_, message) => visitor.Note(message.Type is "error" or "warning", message.Text);
        visitor.Page.PageError += (_, error) => visitor.Note(true, error);
        return visitor;
    }

    /// <summary>Signs in on the page that is open, or on the first one.</summary>
    public async Task SignInAsync(string email, string password = Shop.Password)
    {
        if (Page.Url == "about:blank") await Page.GotoAsync("/");
        await Page.GetByLabel("E-mail", new() { Exact = true }).FillAsync(email);
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public async Task SignOutAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Account" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    /// <summary>Takes messages of the browser's console with this text for what the test brings about.</summary>
    public void Expects(string consoleText) => _expected.Add(consoleText);

    /// <summary>Fails when the browser complained of anything.</summary>
    public void AssertQuiet() => Assert.DoesNotContain(_faults, fault => !_expected.Exists(fault.Contains));

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    private void Note(bool isFault, string text)
    {
        if (isFault) _faults.Enqueue(text);
    }
}
