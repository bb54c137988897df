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
    public async Task What_is_typed_outlives_the_server_and_is_sent_when_it_is_back()
    {
        // Whatever the browser was asking for fails, and Blazor says so.
        Allow("net::ERR_");
        Allow("Failed to fetch");
        Allow("network error");
        var (page, composer) = await ReplyingAsync("Before the fall.");
        await composer.Body.FillAsync("Written while it fell");
        await Site.StopAsync();
        await composer.SendAsync();
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept on this device.");
        await Expect(composer.Body).ToHaveValueAsync("Written while it fell");
        await Site.StartAsync();
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

    [Fact]
    public async Task A_tab_that_closes_empty_takes_no_draft_of_another_along()
    {
        var (page, composer) = await ReplyingAsync("For two tabs.");
        var other = await AnotherTabAsync(page);
        await composer.Body.FillAsync("Only in the first");
        await other.CloseAsync(new() { RunBeforeUnload = true });
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("Only in the first");
    }

    [Fact]
    public async Task Two_tabs_keep_two_texts()
    {
        var (page, composer) = await ReplyingAsync("For two texts.");
        var other = await AnotherTabAsync(page);
        await composer.Body.FillAsync("The text of the first");
        await new Composer(other).Body.FillAsync("The text of the second");
        await other.GotoAsync("/");
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("The text of the second");
        await composer.Form.Button("Another draft: The text of the first").ClickAsync();
        await Expect(composer.Body).ToHaveValueAsync("The text of the first");
        await composer.PostAsync("The text of the first");
        await page.ReplyToAsync("For two texts.");
        await Expect(composer.Body).ToHaveValueAsync("The text of the second");
    }

    [Fact]
    public async Task What_a_tab_has_taken_over_is_kept_when_the_first_one_goes_on()
    {
        var (page, composer) = await ReplyingAsync("For one who goes on.");
        await composer.Body.FillAsync("Begun");
        var other = await AnotherTabAsync(page);
        await Expect(new Composer(other).Body).ToHaveValueAsync("Begun");
        await new Composer(other).Body.FillAsync("Begun and continued there");
        await composer.Body.FillAsync("Begun and continued here");
        await other.ReloadAsync();
        await Expect(new Composer(other).Body).ToHaveValueAsync("Begun and continued here");
        await Expect(new Composer(other).Form.Button("Another draft: Begun and continued there")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_text_that_another_tab_has_sent_is_not_sent_again()
    {
        var (page, composer) = await ReplyingAsync("To be answered once.");
        await composer.Body.FillAsync("Said once");
        var other = await AnotherTabAsync(page);
        var second = new Composer(other);
        await Expect(second.Body).ToHaveValueAsync("Said once");
        await composer.SendAsync();
        await Expect(page.Card("Said once")).ToBeVisibleAsync();
        await Expect(second.Form.GetByRole(AriaRole.Status)).ToHaveTextAsync("This has already been sent from another tab.");
        await second.SendAsync();
        await Expect(second.Body).ToHaveValueAsync("Said once");
        await other.ReloadAsync();
        await Expect(second.Body).ToHaveValueAsync("");
        await Expect(other.Card("Said once")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Other_words_after_another_tab_has_sent_become_a_comment_of_their_own()
    {
        IsAnswered(400);
        var (page, composer) = await ReplyingAsync("To be answered twice.");
        await composer.Body.FillAsync("Said first");
        var other = await AnotherTabAsync(page);
        var second = new Composer(other);
        await Expect(second.Body).ToHaveValueAsync("Said first");
        await composer.SendAsync();
        await Expect(page.Card("Said first")).ToBeVisibleAsync();
        await second.Body.FillAsync("Said later");
        await second.SendAsync();
        await Expect(second.Problem).ToContainTextAsync("Another text was sent from this form already.");
        await Expect(second.Body).ToHaveValueAsync("Said later");
        await second.SendAsync();
        await Expect(second.Form).ToHaveCountAsync(0);
        await Expect(other.Card("Said later")).ToBeVisibleAsync();
        await Expect(other.Card("Said first")).ToBeVisibleAsync();
        await other.ReplyToAsync("To be answered twice.");
        await Expect(second.Body).ToHaveValueAsync("");
        await Expect(second.Form.Locator("[data-others]")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });")]
    [InlineData("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")]
    public async Task Where_the_browser_keeps_nothing_one_is_told_and_writes_on(string script)
    {
        var body = $"Without room, {script.Length}.";
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, body, "en");
        var page = await VisitAsync("Ada");
        await page.AddInitScriptAsync(script);
        await page.GotoAsync(Texts.SourceOf(said));
        var composer = await page.ReplyToAsync(body);
        await composer.Body.FillAsync("Kept by the page");
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToContainTextAsync("This browser cannot keep the draft.");
        await Expect(composer.Kept).ToBeHiddenAsync();
        await page.Locator("header.source").Link("Comment on the whole source").ClickAsync();
        await Expect(composer.Body).ToHaveValueAsync("");
        await page.ReplyToAsync(body);
        await Expect(composer.Body).ToHaveValueAsync("Kept by the page");
        await composer.PostAsync("Kept by the page");
    }

    private static async Task<IPage> AnotherTabAsync(IPage page)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await Expect(new Composer(other).Body).ToBeVisibleAsync();
        return other;
    }
}
