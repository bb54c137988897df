using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Back from a search leads to the search before it, however slowly the new one was typed.</summary>
public sealed class SearchHistoryTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Fact]
    public async Task Who_pauses_before_Enter_keeps_the_search_before()
    {
        var page = await OpenAsync("/search?q=Freunde");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Often", "Often misquoted");
        await page.PressAsync("#find", "Enter");
        await Expect(page).ToHaveURLAsync("/search?q=Often");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    [Fact]
    public async Task A_burst_with_several_pauses_is_one_place_to_go_back_to()
    {
        var page = await OpenAsync("/search?q=Freunde");
        var entries = await page.EvaluateAsync<int>("history.length");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Often", "Often misquoted");
        await TypeAsync(page, " misquoted", "Often misquoted");
        await Expect(page).ToHaveURLAsync("/search?q=Often+misquoted");
        // Enter before the pause: the search of the last letters is of the same burst.
        await page.Keyboard.TypeAsync(" song");
        await page.PressAsync("#find", "Enter");
        await Expect(page).ToHaveURLAsync("/search?q=Often+misquoted+song");
        await Expect(page.Results().Locator(".said mark")).ToHaveTextAsync(["Often", "misquoted", "song"]);
        Assert.Equal(entries + 1, await page.EvaluateAsync<int>("history.length"));
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
        await page.GoForwardAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("Often misquoted song");
        await Expect(page.Results()).ToContainTextAsync("Often misquoted");
    }

    [Fact]
    public async Task Enter_ends_a_burst()
    {
        var page = await OpenAsync("/search?q=Freunde");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Often", "Often misquoted");
        await page.PressAsync("#find", "Enter");
        await Expect(page).ToHaveURLAsync("/search?q=Often");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Rosenthal", "Rosenthal:");
        await BackAsync(page, "Often", "Often misquoted");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    [Fact]
    public async Task A_filter_that_is_clicked_between_two_bursts_stays_a_place_to_go_back_to()
    {
        var page = await OpenAsync("/search?q=Freunde");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "ethics", "ethics");
        await page.GetByLabel("Filters").Locator("a", new() { HasText = "English" }).First.ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("ethics lang:en");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Rosenthal", "Rosenthal:");
        await BackAsync(page, "ethics lang:en", "Often misquoted");
        await BackAsync(page, "ethics", "ethics");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    [Fact]
    public async Task Typing_after_Back_and_Forward_takes_nothing_away()
    {
        var page = await OpenAsync("/search?q=Freunde");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Often", "Often misquoted");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
        await page.GoForwardAsync();
        await Expect(page.Results()).ToContainTextAsync("Often misquoted");
        // The box has kept the focus all the time.
        await Expect(page.Locator("#find")).ToHaveValueAsync("Often");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Rosenthal", "Rosenthal:");
        await BackAsync(page, "Often", "Often misquoted");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    [Fact]
    public async Task Who_leaves_the_box_to_read_begins_a_new_search_afterwards()
    {
        var page = await OpenAsync("/search?q=Freunde");
        await page.Locator("#find").SelectTextAsync();
        await TypeAsync(page, "Often", "Often misquoted");
        await page.PressAsync("#find", "Escape");
        await page.Keyboard.PressAsync("/");
        await TypeAsync(page, "Rosenthal", "Rosenthal:");
        await BackAsync(page, "Often", "Often misquoted");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    [Fact]
    public async Task A_search_that_is_erased_and_typed_anew_keeps_the_one_before()
    {
        var page = await OpenAsync("/search?q=Freunde");
        await page.FillAsync("#find", "");
        await Expect(page.Locator(".examples")).ToBeVisibleAsync();
        await TypeAsync(page, "Often", "Often misquoted");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    [Fact]
    public async Task Without_JavaScript_each_search_is_a_place_to_go_back_to()
    {
        var page = await VisitAsync(options: new() { JavaScriptEnabled = false });
        await page.GotoAsync("/search?q=Freunde");
        foreach (var query in new[] { "Often", "Rosenthal" })
            await page.SearchAsync(query);
        await BackAsync(page, "Often", "Often misquoted");
        await BackAsync(page, "Freunde", "Freunde aus der Ferne");
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await VisitAsync();
        await page.GotoAsync("/");
        await page.GotoAsync(path);
        await Expect(page.Results()).ToHaveCountAsync(1);
        return page;
    }

    /// <summary>Types at the caret and waits until the results have followed.</summary>
    private static async Task TypeAsync(IPage page, string words, string found)
    {
        await page.Locator("#find").PressSequentiallyAsync(words);
        var asked = await page.Locator("#find").InputValueAsync();
        await page.WaitForFunctionAsync("q => new URLSearchParams(location.search).get('q') === q", asked);
        await Expect(page.Results().First).ToContainTextAsync(found);
        await Expect(page.Locator("#found")).Not.ToHaveAttributeAsync("aria-busy", "true");
    }

    private static async Task BackAsync(IPage page, string query, string found)
    {
        await page.GoBackAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync(query);
        await Expect(page.Results().First).ToContainTextAsync(found);
    }
}
