using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Nobody touches a mouse here.</summary>
public sealed class KeyboardTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_first_stop_of_a_page_leads_past_its_frame()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/search");
        var skip = page.Link("Skip to the content");
        await TabToAsync(page, skip, "Shift+Tab");
        await Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync("/search#main");
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(page.Locator("nav").Link("Sign up")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Slash_goes_to_the_search_box_but_not_while_somebody_types()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("and/or");
        await Expect(page.Locator("#find")).ToHaveValueAsync("and/or");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Total()).ToContainTextAsync("Nothing was found for and/or.");
    }

    [Fact]
    public async Task A_comment_is_found_answered_and_posted()
    {
        var said = await Site.SayAsync("Mei", Texts.Walden, Texts.Desperation, "Reach me by keys.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        await TabToAsync(page, page.Card("Reach me by keys.").Link("Reply"));
        await page.Keyboard.PressAsync("Enter");
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Reached.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Card("Reached.")).ToBeVisibleAsync();
        await Expect(composer.Form).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_account_menu_opens_and_Escape_closes_it()
    {
        var page = await VisitAsync("Ada");
        await page.GotoAsync("/");
        var menu = page.GetByLabel("Account of Ada");
        await TabToAsync(page, menu);
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Link("My comments")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Link("My comments")).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator wanted, string key = "Tab")
    {
        await Expect(wanted).ToBeVisibleAsync();
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync(key);
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail($"60 presses of {key} do not reach {wanted}");
    }
}
