using System.Text.RegularExpressions;
using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>From result to result and back again, without a mouse.</summary>
public sealed class SearchKeysTests(SearchKeysTests.Long site, Browser browser)
    : BrowserTest(site, browser), IClassFixture<SearchKeysTests.Long>
{
    [Fact]
    public async Task J_and_k_walk_through_the_results_and_Enter_opens_one()
    {
        var page = await OpenAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(Link(page, 0)).Not.ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(Link(page, 0)).ToBeFocusedAsync();
        await Expect(Link(page, 0)).Not.ToHaveCSSAsync("outline-style", "none");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await Expect(Link(page, 1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("k");
        await Expect(Link(page, 0)).ToBeFocusedAsync();
        var said = await page.Results().First.Locator(".said").InnerTextAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".card.target")).ToContainTextAsync(said);
        await Expect(page.Locator(".card.target")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData("о")]
    [InlineData("ت")]
    [InlineData("ま")]
    public async Task The_keys_are_where_j_is_whatever_the_layout_writes_there(string letter)
    {
        var page = await OpenAsync();
        await page.EvaluateAsync(
            "key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: 'KeyJ', bubbles: true }))", letter);
        await Expect(Link(page, 0)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task In_the_box_they_are_letters_and_Escape_leaves_it_as_it_is()
    {
        var page = await OpenAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("jk");
        var box = page.Locator("#find");
        await Expect(box).ToHaveValueAsync("jk");
        await Expect(box).ToBeFocusedAsync();
        // The results of each search are there before the next is typed: those of the first page would do for the last.
        await Expect(page).ToHaveURLAsync(new Regex("q=jk$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.Results()).ToHaveCountAsync(0);
        await page.FillAsync("#find", "step");
        await Expect(page.Results()).ToHaveCountAsync(20);
        await page.Keyboard.PressAsync("Escape");
        await Expect(box).Not.ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("step");
        await page.Keyboard.PressAsync("j");
        await Expect(Link(page, 0)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Enter_leads_from_the_box_to_the_results()
    {
        var page = await OpenAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("step");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Results()).ToHaveCountAsync(20);
        await Expect(page.Locator("#focus")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(Link(page, 0)).ToBeFocusedAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("step");
    }

    [Fact]
    public async Task Back_returns_to_the_scroll_place_and_to_the_result()
    {
        var page = await OpenAsync();
        for (var presses = 0; presses < 15; presses++)
            await page.Keyboard.PressAsync("j");
        await Expect(Link(page, 14)).ToBeFocusedAsync();
        await Expect(Link(page, 14)).ToBeInViewportAsync(new() { Ratio = 1 });
        var top = await page.EvaluateAsync<double>("scrollY");
        Assert.True(top > 500, $"Fifteen results are further down than {top}.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".card.target")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(Link(page, 14)).ToBeFocusedAsync();
        await Expect(Link(page, 14)).ToBeInViewportAsync();
        await page.WaitForFunctionAsync("top => Math.abs(scrollY - top) < 2", top);
    }

    [Fact]
    public async Task The_next_page_begins_at_its_top()
    {
        var page = await OpenAsync();
        await page.Link("Next page").ClickAsync();
        await Expect(page.Results()).ToHaveCountAsync(5);
        await Expect(page.Locator("#focus")).ToBeFocusedAsync();
        await Expect(page.Locator("#focus")).ToBeInViewportAsync();
        await page.Link("First page").ClickAsync();
        await Expect(page.Results()).ToHaveCountAsync(20);
    }

    private static ILocator Link(IPage page, int index) => page.Results().Nth(index).Locator(".open");

    private async Task<IPage> OpenAsync()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/search?q=step");
        await Expect(page.Results()).ToHaveCountAsync(20);
        return page;
    }

    /// <summary>More results than one page holds.</summary>
    public sealed class Long : Site
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            for (var number = 1; number <= 25; number++)
                await this.SayAsync("Ada", Texts.Walden, $"Passage {number} of the way", $"A step, the {number}th of them.", "en");
        }
    }
}
