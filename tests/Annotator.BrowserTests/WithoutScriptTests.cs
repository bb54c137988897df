using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The pages as a browser without JavaScript shows them, and as archives and crawlers read them.</summary>
public sealed class WithoutScriptTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Fact]
    public async Task Library_source_permalink_and_search_are_complete()
    {
        var page = await OpenAsync();
        // Another test adds one.
        await Expect(page.Locator(".sources > li").Nth(2)).ToBeVisibleAsync();
        await page.Link("論語").ClickAsync();
        await Expect(page.Locator(".passage")).ToHaveCountAsync(2);
        await Expect(page.Locator("article.card")).ToHaveCountAsync(5);
        await page.Card("內心").First.Locator("a.when").ClickAsync();
        await Expect(page.Locator(".quote")).ToContainTextAsync(Texts.Learning);
        await Expect(page.Locator(".replies .card")).ToHaveCountAsync(2);
        await page.FillAsync("#find", "內心");
        await page.PressAsync("#find", "Enter");
        await Expect(page.Locator("article.result mark")).ToHaveTextAsync(["內心"]);
        await Expect(page.Locator("#find")).ToHaveValueAsync("內心");
    }

    [Fact]
    public async Task Who_has_added_a_source_corrects_it_and_everybody_sees_what_was_corrected()
    {
        var said = await Site.SayAsync("Noor", new("https://texts.example/cranes", "Of crains", null, "en"), "", "On cranes.", "en");
        var page = await VisitAsync("Noor", new() { JavaScriptEnabled = false });
        await page.GotoAsync(Texts.SourceOf(said));
        await page.Link("Details of the source").ClickAsync();
        await page.GetByLabel("Title of the source").FillAsync("Of cranes");
        await page.GetByLabel("Author").FillAsync("A. Birdwatcher");
        await page.Locator("main").Button("Save").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Of cranes");
        await Expect(page.Locator("#facts")).ToContainTextAsync("A. Birdwatcher");
        await Site.MemberAsync("Ada");
        var other = await VisitAsync("Ada", new() { JavaScriptEnabled = false });
        await other.GotoAsync($"{Texts.SourceOf(said)}/details");
        await Expect(other.Locator(".versions .author")).ToHaveTextAsync("Noor");
        await Expect(other.Locator(".versions del").First).ToContainTextAsync("crains");
        await Expect(other.Locator("main form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task People_sign_in_comment_delete_and_undo()
    {
        IsAnswered(400);
        await Site.MemberAsync("Ada");
        var page = await OpenAsync();
        await page.Link("Walden; or, Life in the Woods").ClickAsync();
        await page.Link("Sign in to comment").ClickAsync();
        await page.GetByLabel("Name or e-mail").FillAsync("Ada");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign in").ClickAsync();
        await page.Locator(".passage").Link("Comment").ClickAsync();
        var composer = new Composer(page);
        await composer.SendAsync();
        await Expect(composer.Problem).ToHaveTextAsync("The comment is missing.");
        await composer.Body.FillAsync("Written by hand.");
        await composer.SendAsync();
        await Expect(page.Card("Written by hand.")).ToContainClassAsync("target");

        await page.Card("Written by hand.").Button("Delete").ClickAsync();
        await Expect(page.Card("Written by hand.")).ToHaveCountAsync(0);
        await page.Locator(".toast").Button("Undo").ClickAsync();
        await Expect(page.Card("Written by hand.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Language_and_appearance_are_chosen_and_kept()
    {
        var page = await OpenAsync();
        await page.Locator("footer").Button("العربية").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await page.Locator("footer").Button("简体中文").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await page.Locator("footer button[value=dark]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.GotoAsync("/search");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-Hans");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await VisitAsync(options: new() { JavaScriptEnabled = false });
        await page.GotoAsync("/");
        return page;
    }
}
