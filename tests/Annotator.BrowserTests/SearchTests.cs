using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class SearchTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Fact]
    public async Task A_word_of_two_characters_is_found_inside_a_Chinese_sentence_and_marked_there()
    {
        var page = await OpenAsync("內心");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Results()).ToContainTextAsync("是內心的喜悅");
        await Expect(page.Results().Locator("mark")).ToHaveTextAsync(["內心"]);
        await page.SearchAsync("不亦");
        await Expect(page.Results()).ToHaveCountAsync(2);
        await Expect(page.Results().First.Locator(".quote mark").First).ToHaveTextAsync("不亦");
        await page.SearchAsync("心內");
        await Expect(page.Total()).ToContainTextAsync("Nothing was found for 心內.");
    }

    [Fact]
    public async Task Filters_are_typed_in_the_box_and_taken_away_one_by_one()
    {
        var page = await OpenAsync("tag:ethics");
        await Expect(page.Results()).ToHaveCountAsync(2);
        await page.SearchAsync("tag:ethics lang:zh user:Mei");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Locator(".chip")).ToHaveCountAsync(3);
        await page.GetByLabel("Remove the filter In Chinese").ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(2);
        await page.GetByLabel("Remove the filter By Mei").ClickAsync();
        await Expect(page.Results()).ToHaveCountAsync(2);
        await Expect(page.Locator("#find")).ToHaveValueAsync("tag:ethics");
        await page.SearchAsync("source:texts.example/walden");
        await Expect(page.Results()).ToHaveCountAsync(2);
        await page.SearchAsync("source:nowhere.example");
        await Expect(page.Total()).ToContainTextAsync("Nothing was found");
        await page.Link("Search without the filters").ClickAsync();
        await Expect(page.Locator(".examples")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Facets_count_the_results_and_add_their_filter()
    {
        var page = await OpenAsync("tag:ethics");
        var facets = page.GetByLabel("Filters");
        await Expect(facets.Locator("a", new() { HasText = "ethics" }).Locator(".count")).ToHaveTextAsync("2");
        await Expect(facets.Locator("a", new() { HasText = "Ada" }).Locator(".count")).ToHaveTextAsync("1");
        await facets.Locator("a", new() { HasText = "English" }).First.ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("tag:ethics lang:en");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Results()).ToContainTextAsync("Often misquoted");
        await page.GoBackAsync();
        await Expect(page.Results()).ToHaveCountAsync(2);
        await Expect(page.Locator("#find")).ToHaveValueAsync("tag:ethics");
        await facets.Locator("a", new() { HasText = "論語" }).ClickAsync();
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Locator(".chip").Nth(1)).ToContainTextAsync("論語");
    }

    [Fact]
    public async Task A_result_opens_its_passage_and_Back_returns_to_the_results()
    {
        var page = await OpenAsync("Often");
        await page.Results().Locator(".quote").ClickAsync();
        await Expect(page.Heading("Walden")).ToBeVisibleAsync();
        await Expect(page.Locator(".card.target")).ToContainTextAsync("Often misquoted");
        await page.GoBackAsync();
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Locator("#find")).ToHaveValueAsync("Often");
    }

    private async Task<IPage> OpenAsync(string query)
    {
        var page = await VisitAsync();
        await page.GotoAsync("/");
        await page.SearchAsync(query);
        return page;
    }

    public sealed class Said : Site
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await this.FillAsync();
        }
    }
}
