using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>One comment, edited in two places at once.</summary>
public sealed class ConflictTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_second_editor_sees_what_the_first_has_written_and_loses_nothing()
    {
        IsAnswered(409);
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "The pond is deep.", "en");
        var desk = await VisitAsync("Ada");
        var phone = await VisitAsync("Ada");
        await desk.GotoAsync(Texts.SourceOf(said));
        await phone.GotoAsync(Texts.SourceOf(said));
        await desk.EditAsync("The pond is deep.");
        var slow = await phone.EditAsync("The pond is deep.");
        await new Composer(desk).PostAsync("The pond is very deep.");

        await slow.Body.FillAsync("The lake is deep.");
        await slow.Tags.FillAsync("lakes");
        await slow.SendAsync();
        await Expect(slow.Problem).ToContainTextAsync("This comment has changed since you opened it.");
        await Expect(slow.Problem.Locator("del")).ToHaveTextAsync(["lake"]);
        await Expect(slow.Problem.Locator("ins")).ToContainTextAsync(["pond", "very"]);
        await Expect(slow.Body).ToHaveValueAsync("The lake is deep.");
        await Expect(slow.Tags).ToHaveValueAsync("lakes");
        await desk.ReloadAsync();
        await Expect(desk.Card("The pond is very deep.")).ToBeVisibleAsync();

        await slow.PostAsync("The pond, or lake, is very deep.");
        await phone.Card("The pond, or lake").GetByRole(AriaRole.Link, new() { Name = "3 versions" }).ClickAsync();
        await Expect(phone.Locator(".versions > li")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task A_draft_of_an_older_version_does_not_overwrite_a_newer_one_unseen()
    {
        IsAnswered(409);
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "The ice is thin.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        var composer = await page.EditAsync("The ice is thin.");
        await composer.Body.FillAsync("The ice is thick.");
        await page.GotoAsync("/");
        await Site.Writer.EditAsync(await Site.MemberAsync("Ada"), said.Id, new(1, "The ice is gone.", "en", [], true), Ct);

        await page.GotoAsync(Texts.SourceOf(said));
        await page.EditAsync("The ice is gone.");
        await Expect(composer.Body).ToHaveValueAsync("The ice is thick.");
        await composer.SendAsync();
        await Expect(composer.Problem.Locator("ins")).ToContainTextAsync(["gone"]);
        await Expect(composer.Body).ToHaveValueAsync("The ice is thick.");
    }
}
