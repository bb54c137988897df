using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Nothing that somebody has typed is lost.</summary>
public sealed class DraftTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task What_is_typed_outlives_a_reload_and_goes_when_it_is_posted()
    {
        var (page, composer) = await ReplyingAsync("A place to begin.");
        await composer.Body.FillAsync("Half a thought");
        await composer.Tags.FillAsync("thinking");
        await composer.Language.SelectOptionAsync("en");
        await composer.Audience.SelectOptionAsync("Only me");
        await Expect(composer.Kept).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("Half a thought");
        await Expect(composer.Tags).ToHaveValueAsync("thinking");
        await Expect(composer.Language).ToHaveValueAsync("en");
        await Expect(composer.Audience).ToHaveValueAsync("true");

        var card = await composer.PostAsync("A whole thought");
        await Expect(card.Locator(".private")).ToBeVisibleAsync();
        await page.ReplyToAsync("A place to begin.");
        await Expect(composer.Body).ToHaveValueAsync("");
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("");
        await Expect(composer.Kept).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Each_place_keeps_its_own_draft()
    {
        var (page, composer) = await ReplyingAsync("The first place.");
        await composer.Body.FillAsync("For the first");
        await page.Card("The first place.").Link("Edit").ClickAsync();
        await Expect(composer.Form).ToContainTextAsync("Edit your comment");
        await Expect(composer.Body).ToHaveValueAsync("The first place.");
        await page.Locator("header.source").Link("Comment on the whole source").ClickAsync();
        await Expect(composer.Form).ToContainTextAsync("Your comment on the whole source");
        await Expect(composer.Body).ToHaveValueAsync("");
        await page.ReplyToAsync("The first place.");
        await Expect(composer.Body).ToHaveValueAsync("For the first");
    }

    [Fact]
    public async Task What_is_typed_outlives_the_server()
    {
        // Whatever the browser was asking for fails, and Blazor says so.
        Allow("net::ERR_");
        Allow("Failed to fetch");
        Allow("network error");
        var (page, composer) = await ReplyingAsync("Before the fall.");
        await composer.Body.FillAsync("Written while it fell");
        await Site.StopAsync();
        await composer.SendAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("What you typed is still in this browser.");
        await Expect(composer.Body).ToHaveValueAsync("Written while it fell");

        await Site.StartAsync();
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("Written while it fell");
        await composer.SendAsync();
        await Expect(page.Card("Written while it fell")).ToBeVisibleAsync();
        await page.ReplyToAsync("Before the fall.");
        await Expect(composer.Body).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_is_typed_outlives_the_end_of_the_session()
    {
        Allow("status of 40");
        var (page, composer) = await ReplyingAsync("Before signing out.");
        var writing = page.Url;
        await composer.Body.FillAsync("Written too slowly");
        await page.Context.ClearCookiesAsync();
        await composer.SendAsync();
        await Expect(page.Locator(".error")).ToBeVisibleAsync();

        await page.GotoAsync("/sign-in?back=" + Uri.EscapeDataString(new Uri(writing).PathAndQuery));
        await page.GetByLabel("Name or e-mail").FillAsync("Ada");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign in").ClickAsync();
        await Expect(composer.Body).ToHaveValueAsync("Written too slowly");
    }

    [Fact]
    public async Task An_answer_to_what_has_gone_is_given_back_to_its_writer()
    {
        IsAnswered(410);
        // The page asks for itself again when the comment goes, and what it was to answer is not there.
        Allow("status of 404");
        var said = await Site.SayAsync("Mei", Texts.Walden, Texts.Desperation, "Soon gone.", "en");
        await Site.SayAsync("Mei", Texts.Walden, Texts.Desperation, "This one stays.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        var composer = await page.ReplyToAsync("Soon gone.");
        await composer.Body.FillAsync("An answer to nothing");
        await Site.Removal.DeleteAsync(await Site.MemberAsync("Mei"), said.Id, Ct);
        await composer.SendAsync();
        await Expect(composer.Problem).ToHaveTextAsync("There is no such comment, or you may not see it.");
        await Expect(composer.Body).ToHaveValueAsync("An answer to nothing");
    }

    private async Task<(IPage Page, Composer Composer)> ReplyingAsync(string body)
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, body, "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        return (page, await page.ReplyToAsync(body));
    }
}
