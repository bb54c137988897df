using Annotator.BrowserTests.Support;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Links to a source that was merged into another, and pages of it that were open meanwhile.</summary>
public sealed class MergedSourceTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task Links_lead_to_the_source_that_has_everything()
    {
        var (gone, kept) = await MergedAsync("Ada");
        var (old, now) = (PublicId.Of(gone.SourceId), PublicId.Of(kept.SourceId));
        var visitor = await VisitAsync();
        foreach (var (path, present) in new[]
        {
            ($"/sources/{old}", $"/sources/{now}"),
            ($"/sources/{old}?at={gone.PublicId}&x=%C3%A9", $"/sources/{now}?at={gone.PublicId}&x=%C3%A9"),
            ($"/sources/{old}/commentary", $"/sources/{now}/commentary"),
            ($"/sources/{old}/changes?after=x", $"/sources/{now}/changes?after=x"),
        })
        {
            var answer = await AskAsync(visitor, path);
            Assert.Equal((301, present, "no-store"), (answer.Status, answer.Headers["location"], answer.Headers["cache-control"]));
        }

        var member = await VisitAsync("Mei");
        var text = await AskAsync(member, $"/sources/text?source={old}");
        Assert.Equal((301, $"/sources/text?source={now}"), (text.Status, text.Headers["location"]));
        await visitor.GotoAsync($"/sources/{old}#a-{gone.PublicId}");
        await Expect(visitor).ToHaveURLAsync($"{Site.Address}/sources/{now}#a-{gone.PublicId}");
        await Expect(visitor.Card("On the old page.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_does_not_see_the_source_is_answered_as_if_it_had_never_been()
    {
        var (gone, _) = await MergedAsync("Ada", shared: false);
        var stranger = await VisitAsync("Mei");
        Assert.Equal(404, (await AskAsync(stranger, $"/sources/{PublicId.Of(gone.SourceId)}")).Status);
        var owner = await VisitAsync("Ada");
        Assert.Equal(301, (await AskAsync(owner, $"/sources/{PublicId.Of(gone.SourceId)}")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_being_written_meanwhile_is_stored_there(bool withScript)
    {
        var (old, kept) = (Page("Old"), Page("Kept"));
        var gone = await Site.SayAsync("Ada", old, Texts.Desperation, "On the old page.", "en");
        var there = await Site.SayAsync("Ada", kept, Texts.Desperation, "On the page that stays.", "en");
        var page = await VisitAsync("Mei", new() { JavaScriptEnabled = withScript });
        await page.GotoAsync(Texts.SourceOf(gone));
        await page.Locator(".passage").Link("Comment").ClickAsync();
        var composer = new Composer(page);
        await composer.Body.FillAsync("Written while they were merged.");
        await Site.Addresses.MergeAsync(Viewer.Operator, old.Uri!, kept.Uri!, Ct);
        await composer.SendAsync();
        await Expect(page.Locator(".passage").Filter(new() { HasText = "On the page that stays." })).ToContainTextAsync(
            "Written while they were merged.");
        Assert.Contains($"/sources/{PublicId.Of(there.SourceId)}", page.Url, StringComparison.Ordinal);
        Assert.Equal(3, await Site.CountAsync(there.SourceId));
    }

    [Fact]
    public async Task An_open_page_hears_what_is_written_in_the_source_that_it_has_become()
    {
        var (old, kept) = (Page("Old"), Page("Kept"));
        var gone = await Site.SayAsync("Ada", old, Texts.Desperation, "On the old page.", "en");
        var there = await Site.SayAsync("Ada", kept, Texts.Desperation, "On the page that stays.", "en");
        var page = await VisitAsync("Mei");
        var listening = page.WaitForConsoleMessageAsync(new() { Predicate = m => m.Text is "listening" });
        await page.AddInitScriptAsync("document.addEventListener('annotator:listening', () => console.info('listening'))");
        await page.GotoAsync(Texts.SourceOf(gone));
        await listening;
        await Site.Addresses.MergeAsync(Viewer.Operator, old.Uri!, kept.Uri!, Ct);
        await Expect(page.Card("On the page that stays.")).ToBeVisibleAsync();
        await Site.AnswerAsync("Noor", there, "An answer afterwards.", "en");
        await Expect(page.Card("An answer afterwards.")).ToBeVisibleAsync();
    }

    private async Task<(AnnotationView Gone, AnnotationView Kept)> MergedAsync(string name, bool shared = true)
    {
        var viewer = await Site.MemberAsync(name);
        var (old, kept) = (Page("Old"), Page("Kept"));
        var written = new List<AnnotationView>();
        foreach (var (source, body) in new[] { (old, "On the old page."), (kept, "On the page that stays.") })
        {
            written.Add(
                await Site.Writer.CreateAsync(
                    viewer,
                    new AnnotationDraft { Id = Guid.CreateVersion7(), Source = source, Body = body, Language = "en", Shared = shared },
                    Ct));
        }
        await Site.Addresses.MergeAsync(Viewer.Operator, old.Uri!, kept.Uri!, Ct);
        return (written[0], written[1]);
    }

    private static Citation Page(string title) => new($"https://texts.example/{Guid.CreateVersion7():N}", title, null, "en");

    private static Task<IAPIResponse> AskAsync(IPage page, string path) => page.APIRequest.GetAsync(path, new() { MaxRedirects = 0 });
}
