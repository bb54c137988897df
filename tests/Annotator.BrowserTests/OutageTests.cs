using Annotator.BrowserTests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What people see while the database does not answer, and after it has come back.</summary>
public sealed class OutageTests(FallibleSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<FallibleSite>
{
    [Theory]
    [InlineData("en", ColorScheme.Light, 1280, "stored and safe")]
    [InlineData("zh-Hans", ColorScheme.Dark, 390, "不会丢失")]
    [InlineData("ar", ColorScheme.Dark, 390, "محفوظ وآمن")]
    public async Task A_link_leads_to_words_and_then_by_itself_to_the_page(string language, ColorScheme scheme, int width, string safe)
    {
        IsAnswered(503);
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, $"Read in {language}.", "en");
        var page = await VisitAsync(
            options: new() { Locale = language, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        await page.GotoAsync("/");
        await site.TakeDatabaseAsync();
        await page.Locator("main h2 a").First.ClickAsync();
        await Expect(page.Locator("main [data-retry]")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(safe);
        Assert.Empty((await page.RunAxe()).Violations);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await site.GiveDatabaseBackAsync();
        await Expect(page.Card(said.Body)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_comment_that_was_being_sent_comes_back_and_is_sent_once()
    {
        IsAnswered(503);
        var (page, composer) = await ReplyingAsync("Before it stopped.");
        await composer.Body.FillAsync("Written as it stopped");
        await site.TakeDatabaseAsync();
        await composer.SendAsync();
        var again = page.Locator("form[data-again]");
        await Expect(again.Locator("textarea").First).ToHaveValueAsync("Written as it stopped");
        await site.GiveDatabaseBackAsync();
        await again.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.Card("Written as it stopped")).ToHaveCountAsync(1);
        await page.ReplyToAsync("Before it stopped.");
        await Expect(composer.Body).ToHaveValueAsync("");
    }

    [Fact]
    public async Task An_open_page_is_live_again_soon()
    {
        Allow("status of 503");
        Allow("net::ERR_");
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "While it was open.", "en");
        var page = await VisitAsync("Bo");
        await page.GotoAsync(Texts.SourceOf(said));
        await Until.HoldsAsync(() => Site.Listeners > 0);
        await site.TakeDatabaseAsync();
        var other = await VisitAsync();
        await other.GotoAsync("/");
        await Expect(other.Locator("main [data-retry]")).ToBeVisibleAsync();
        await site.GiveDatabaseBackAsync();
        await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "After it was back.", "en");
        await Expect(page.Card("After it was back.")).ToBeVisibleAsync();
    }
}
