using Annotator.BrowserTests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The page on which administrators let people in, lock them out, rename and remove them. Keeper is one.</summary>
public sealed class AdministrationTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task With_keys_alone_an_account_is_locked_and_unlocked_and_each_is_said_at_the_account()
    {
        await Site.MemberAsync("Lina");
        var page = await OpenAsync();
        var manage = page.Locator("main").Button("Manage Lina");
        foreach (var (act, said) in new[] { ("Lock", "Lina is locked and signed out."), ("Unlock", "Lina can sign in again.") })
        {
            await manage.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(manage).ToHaveAttributeAsync("aria-expanded", "true");
            await TabToAsync(page, act);
            await page.Keyboard.PressAsync("Enter");
            await Expect(Account(page, "Lina").GetByRole(AriaRole.Status)).ToHaveTextAsync(said);
            // The form has gone, and where it was the keys go on.
            await Expect(manage).ToHaveAttributeAsync("aria-expanded", "false");
            await Expect(manage).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task A_refused_password_stays_in_its_field_which_says_why()
    {
        await Site.MemberAsync("Omar");
        var page = await OpenAsync();
        await page.Locator("main").Button("Manage Omar").ClickAsync();
        await page.FillAsync("#rename", "Omar2");
        await page.FillAsync("#password", "password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Account(page, "Omar").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await AssertRefusedAsync(page, "#password", "#refused");
        await Expect(page.Locator("#password")).ToHaveValueAsync("password");
        await Expect(page.Locator("#rename")).ToHaveValueAsync("Omar2");
        await Expect(page.Locator("#rename")).Not.ToHaveAttributeAsync("aria-invalid", "true");

        await page.FillAsync("#rename", "Keeper");
        await page.Keyboard.PressAsync("Enter");
        await AssertRefusedAsync(page, "#rename", "#refused");
        await Expect(page.Locator("#rename")).ToHaveValueAsync("Keeper");
        await page.FillAsync("#rename", "Omar3");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Account(page, "Omar3").GetByRole(AriaRole.Status)).ToContainTextAsync("has the new name");
        // What was typed for one account is not there for the next try.
        await page.Locator("main").Button("Manage Omar3").ClickAsync();
        await Expect(page.Locator("#password")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_removed_account_leaves_the_list_which_has_the_focus_then()
    {
        await Site.MemberAsync("Rolf");
        var page = await OpenAsync();
        await page.FillAsync("#filter", "Rolf");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".account")).ToHaveCountAsync(1);
        await page.Locator("main").Button("Manage Rolf").ClickAsync();
        await page.Locator("main").Button("Remove the account").ClickAsync();
        await page.Locator("main").Button("Cancel").ClickAsync();
        await Expect(page.Locator("main").Button("Remove it now")).ToHaveCountAsync(0);
        await page.Locator("main").Button("Remove the account").ClickAsync();
        await page.Locator("main").Button("Remove it now").ClickAsync();
        await Expect(page.Locator("section > .said")).ToHaveTextAsync("The account of Rolf has been removed.");
        await Expect(page.Locator(".account")).ToHaveCountAsync(0);
        await Expect(page.Locator("#accounts")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_invitation_is_made_as_a_link_and_a_refused_one_says_which_number()
    {
        var page = await OpenAsync();
        await page.GetByLabel("Anyone with an invitation").CheckAsync();
        await page.Locator("#days").EvaluateAsync("field => field.removeAttribute('max')");
        await page.FillAsync("#days", "4000");
        await page.Keyboard.PressAsync("Enter");
        await AssertRefusedAsync(page, "#days", "#invitation-problem");
        await page.FillAsync("#days", "3");
        await page.Keyboard.PressAsync("Enter");
        var link = await page.Locator("#link").InputValueAsync();
        await Expect(page.Locator("#invitation-problem")).ToHaveCountAsync(0);

        var guest = await VisitAsync();
        await guest.GotoAsync("/sign-up");
        await Expect(guest.Locator("main")).ToContainTextAsync("You need an invitation");
        await guest.GotoAsync(link);
        await Expect(guest.Locator("#name")).ToBeFocusedAsync();
        await page.GetByLabel("Everyone").CheckAsync();
        await Expect(page.Locator("#uses")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(1280, "en", ColorScheme.Light)]
    [InlineData(390, "en", ColorScheme.Dark)]
    [InlineData(390, "ar", ColorScheme.Light)]
    public async Task Axe_finds_no_fault_in_the_administration(int width, string language, ColorScheme scheme)
    {
        await Site.MemberAsync("Nadia");
        var page = await OpenAsync(new()
        {
            Locale = language, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 },
        });
        await page.Locator(".account").Filter(new() { HasText = "Nadia" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await page.FillAsync("#password", "password");
        await page.Keyboard.PressAsync("Enter");
        await AssertRefusedAsync(page, "#password", "#refused");
        var faults = (await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", language is "ar" ? "rtl" : "ltr");
    }

    [Fact]
    public async Task Who_does_not_administrate_is_told_so()
    {
        var page = await VisitAsync("Mei");
        IsAnswered(403);
        await page.GotoAsync("/admin");
        await Expect(page.Alert()).ToHaveTextAsync("Only administrators can do this.");
        await Expect(page.Locator("#accounts")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var page = await VisitAsync("Keeper", options);
        await page.GotoAsync("/admin");
        // Closed until the circuit is there.
        await Expect(page.Locator("#filter")).ToBeEnabledAsync();
        return page;
    }

    private static ILocator Account(IPage page, string name) => page.Locator(".account").Filter(new() { HasText = name });

    private static async Task AssertRefusedAsync(IPage page, string field, string problem)
    {
        await Expect(page.Locator(field)).ToBeFocusedAsync();
        await Expect(page.Locator(field)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator(field)).ToHaveAttributeAsync("aria-describedby", problem[1..]);
        await Expect(page.Locator(problem)).Not.ToBeEmptyAsync();
    }

    private static async Task TabToAsync(IPage page, string button)
    {
        for (var i = 0; i < 10; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("document.activeElement.textContent.trim()");
            if (string.Equals(focused, button, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"No key leads to {button}.");
    }
}
