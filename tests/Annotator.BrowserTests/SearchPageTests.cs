using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What the page of results says, to a browser that runs no script too.</summary>
public sealed class SearchPageTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Fact]
    public async Task Comments_stand_before_passages_and_what_the_words_name_before_both()
    {
        await Site.SayAsync("Ada", Texts.Walden, "The history of a pond.", "Unrelated.", "en");
        await Site.SayAsync("Ada", Texts.Walden, "Some of the pond.", "No history at all.", "en");
        var page = await OpenAsync("/search?q=history&sort=newest");
        await Expect(Group(page, "Comments")).ToHaveTextAsync(
            ["No history at all.", "Rosenthal: “History is a discipline widely cultivated among nations and races.”"],
            new() { UseInnerText = true });
        await Expect(Group(page, "Passages")).ToHaveTextAsync(["Unrelated."]);

        await page.GotoAsync("/search?q=walden");
        var named = page.Locator(".named");
        await Expect(named.Locator("a")).ToHaveTextAsync(["Walden; or, Life in the Woods"]);
        await Expect(named.Locator("mark")).ToHaveTextAsync(["Walden"]);
        await named.Locator("a").ClickAsync();
        await Expect(page.Heading("Walden")).ToBeVisibleAsync();

        await page.GotoAsync("/search?q=ethics+OR+Ada");
        await Expect(named.Locator(".tags mark")).ToHaveTextAsync(["ethics"]);
        await Expect(page.Results().First.Locator(".tags mark")).ToHaveTextAsync(["ethics"]);
        await named.GetByText("Ada", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("user:Ada");
    }

    [Fact]
    public async Task What_only_its_author_reads_is_marked_as_such()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, "", "Heron, seen by all.", "en");
        await Site.Writer.CreateAsync(
            await Site.MemberAsync("Ada"),
            new() { Id = Guid.CreateVersion7(), SourceId = said.SourceId, Body = "Heron, for me.", Shared = false },
            Ct);
        var page = await VisitAsync("Ada");
        await page.GotoAsync("/search?q=heron");
        await Expect(page.Results()).ToHaveCountAsync(2);
        await Expect(page.Results().Filter(new() { HasText = "for me" }).Locator(".private")).ToHaveTextAsync("Only me");
        await Expect(page.Locator(".private")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Every_filter_is_said_in_words_and_can_be_taken_away()
    {
        var source = Texts.SourceOf(await Site.SayAsync("Ada", Texts.Walden, "A pond.", "Blue.", "en"))[^22..];
        var page = await OpenAsync(
            $"/search?q=nowhere+lang:en+source-lang:zh+source:{source}+after:2026-03-03+before:2099+after:2025-02+field:Gene%3DIDUA+is:mine+has:replies+tag:ethics");
        await Expect(page.Locator(".chip bdi")).ToHaveTextAsync(
            ["English", "Chinese", "Walden; or, Life in the Woods", "March 3, 2026", "2099", "February 2025", "IDUA", "", "", "ethics"]);
        await Expect(page.GetByLabel("Remove the filter My own")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Filters").Locator("[aria-current]")).ToHaveTextAsync(
            ["English", "Chinese", "ethics", "Walden; or, Life in the Woods"]);
        await page.GetByLabel("Remove the filter Gene IDUA").ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(9);
        await page.Link("Search in all languages").ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(7);
        await page.Link("Search without the filters").ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("nowhere");
        await page.Link("What you can type").ClickAsync();
        await Expect(page.Locator(".examples a")).ToHaveCountAsync(13);
        foreach (var query in await page.Locator(".examples code").AllInnerTextsAsync())
        {
            await page.GotoAsync("/search");
            await page.Link(query).ClickAsync();
            await Expect(page.Locator("#find")).ToHaveValueAsync(query);
            await Expect(page.Locator(".unread")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task A_slip_of_the_pen_and_half_a_word_lead_to_what_there_is()
    {
        var page = await OpenAsync("/search?q=misqoted+lang:en");
        await Expect(page.Total()).ToHaveTextAsync("Nothing was found for misqoted lang:en.");
        await page.Link("misquoted lang:en").ClickAsync();
        await Expect(page.Results().Locator(".said mark")).ToHaveTextAsync(["misquoted"]);
        await page.GotoAsync("/search?q=desp+quiet");
        await page.Link("desp* quiet*").ClickAsync();
        await Expect(page.Results().Locator("mark")).ToHaveTextAsync(["quiet", "desperation"]);
        await page.GotoAsync("/search?q=xyzzyx");
        await Expect(page.Locator(".empty a")).ToHaveTextAsync(["What you can type"]);
    }

    [Fact]
    public async Task Chosen_filters_are_marked_at_the_side_and_a_year_is_two_of_them()
    {
        var page = await OpenAsync("/search?q=lang:zh");
        var side = page.GetByLabel("Filters");
        await Expect(side.Locator("[aria-current]")).ToHaveTextAsync(["Chinese"]);
        await side.Locator("a").Filter(new() { HasText = "Chinese (Traditional)" }).First.ClickAsync();
        await Expect(page.Results()).ToHaveCountAsync(2);
        var year = DateTime.Parse(
            await page.Results().First.Locator("time").GetAttributeAsync("datetime") ?? "",
            System.Globalization.CultureInfo.InvariantCulture).Year;
        await side.Locator("a").Filter(new() { HasText = $"{year}" }).ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync($"lang:zh lang:zh-Hant after:{year} before:{year + 1}");
        await Expect(side.Locator("[aria-current]")).ToHaveCountAsync(3);
        await side.Locator("[aria-current]").Last.ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("lang:zh lang:zh-Hant");
    }

    [Fact]
    public async Task The_order_is_chosen_by_links_and_stays_while_filters_change()
    {
        var page = await OpenAsync("/search?q=ethics");
        var sort = page.Locator(".sort");
        await Expect(sort.Locator("[aria-current]")).ToHaveTextAsync("Best first");
        await sort.Locator("a").Last.ClickAsync();
        await Expect(sort.Locator("[aria-current]")).ToHaveTextAsync("Newest first");
        await Expect(page.Results().First).ToContainTextAsync("Often misquoted");
        await page.GetByLabel("Filters").Locator("a").Filter(new() { HasText = "Mei" }).ClickAsync();
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(sort.Locator("[aria-current]")).ToHaveTextAsync("Newest first");
    }

    [Fact]
    public async Task What_cannot_be_read_and_what_is_too_long_is_told()
    {
        IsAnswered(400);
        var page = await OpenAsync("/search?q=%22quiet+desperation");
        await Expect(page.Locator(".unread")).ToContainTextAsync("The quotation mark was not closed");
        await Expect(page.Results().Locator("mark")).ToHaveTextAsync(["quiet desperation"]);
        Assert.Equal(400, await page.StatusOfAsync("/search?q=" + new string('x', 3_000)));
        await Expect(page.Alert()).ToContainTextAsync("The search is too long");
    }

    [Fact]
    public async Task A_search_that_takes_too_long_is_given_up_with_advice()
    {
        IsAnswered(400);
        var page = await VisitAsync();
        await page.GotoAsync("/search?q=ethics");
        await using (await Site.BlockSearchAsync())
        {
            await page.FillAsync("#find", "ethics pond");
            await Expect(page.Alert()).ToHaveTextAsync("The search takes too long. Add a word or a filter that narrows it down.");
        }

        // The database reports what it gave up.
        Site.TakeErrors();
        await page.FillAsync("#find", "ethics lang:en");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Alert()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Totals_are_said_with_the_plural_of_the_language()
    {
        foreach (var (language, total) in new[] { ("en", "2 results"), ("ar", "نتيجتان"), ("zh-CN", "2 条结果") })
        {
            var page = await VisitAsync(options: new() { Locale = language, JavaScriptEnabled = false });
            await page.GotoAsync("/search?q=tag:ethics");
            await Expect(page.Total()).ToHaveTextAsync(total);
        }
    }

    private static ILocator Group(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name }).Locator(".said");

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await VisitAsync(options: new() { JavaScriptEnabled = false });
        await page.GotoAsync(path);
        return page;
    }
}
