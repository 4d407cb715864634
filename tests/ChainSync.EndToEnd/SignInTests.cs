using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChainSync.EndToEnd;

/// <summary>Who gets in, who stays in, and who is kept out.</summary>
public sealed class SignInTests(Chromium chromium, Shop shop) : Story(chromium, shop)
{
    [Fact]
    public async Task A_wrong_password_is_told_where_it_was_typed_and_the_right_one_goes_on()
    {
        var visitor = await EnterAsync();
        visitor.Expects("the server responded with a status of 401");

        await visitor.SignInAsync(Shop.Staff, "not the password");
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("E-mail and password do not match.");
        await visitor.SignInAsync(Shop.Staff);

        await Expect(visitor.Page).ToHaveURLAsync(Shop.Address + "stores/S1/sell");
    }

    [Fact]
    public async Task Too_many_wrong_passwords_say_how_long_to_wait_and_then_it_works_again()
    {
        var visitor = await EnterAsync();
        visitor.Expects("the server responded with a status of 4");
        await visitor.Page.GotoAsync("/");

        for (var wrong = 0; wrong < 6; wrong++) await AnswerAsync(visitor, "not the password");
        var locked = await AnswerAsync(visitor, Shop.Password);

        Assert.Equal(423, locked.Status);
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many wrong attempts. Try again in 1 minute.");
        Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await visitor.SignInAsync(Shop.OtherManager);
        await Expect(visitor.Page).ToHaveURLAsync(Shop.Address + "stores/S2/live");
    }

    [Fact]
    public async Task The_session_outlives_a_reload_and_a_token_and_ends_with_sign_out()
    {
        var visitor = await EnterAsync(Shop.Manager, "/stores/S1/live");
        visitor.Expects("the server responded with a status of 401"); // how the page learns that its token is too old
        await OnLivePageAsync(visitor);

        await visitor.Page.ReloadAsync();
        await OnLivePageAsync(visitor);
        Shop.Clock.Advance(TimeSpan.FromMinutes(20));
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Products" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Article 0001" })).ToBeVisibleAsync();

        await visitor.SignOutAsync();
        await visitor.Page.GotoAsync("/stores/S1/live");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_registered_till_is_opened_with_a_pin()
    {
        var till = await OpenTillAsync();
        await Shop.AddEmployeeAsync("Petra", "4711");

        await till.Cashier.SignOutAsync();
        await till.Keyboard.TypeAsync("4711");
        await till.Keyboard.PressAsync("Enter");

        await till.ReadyAsync();
        await Expect(till.Page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Petra (staff)");
        await till.SellAsync(0);
        await Expect(till.Receipt).ToContainTextAsync("Cashier: Petra");
        await till.SentAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/stores/S1/live")]
    [InlineData("/stores/S1/sell")]
    [InlineData("/stores/S1/sales")]
    [InlineData("/stores/S1/products")]
    public async Task A_customer_sees_their_own_page_wherever_they_go(string path)
    {
        var customer = await EnterAsync(Shop.Customer, path);

        await Expect(customer.Page.GetByRole(AriaRole.Heading, new() { Name = "Hello, Carla" })).ToBeVisibleAsync();
        await Expect(customer.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
    }

    private static Task<IResponse> AnswerAsync(Visitor visitor, string password) =>
        visitor.Page.RunAndWaitForResponseAsync(() => visitor.SignInAsync(Shop.OtherManager, password), "**/api/auth/login");

    private static async Task OnLivePageAsync(Visitor visitor) =>
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Live" })).ToBeVisibleAsync();
}
