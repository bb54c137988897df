using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What is known of a source is corrected, and a source is removed and brought back, while others have it open.</summary>
public sealed class SourceDetailsTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task A_corrected_title_replaces_the_old_one_on_open_pages()
    {
        var said = await SaidAsync("Of crains");
        var reader = await ReaderAsync("Mei", said);
        await Expect(reader.Locator("#focus")).ToHaveTextAsync("Of crains");
        // As after a link: the heading has the focus.
        await reader.Locator("#focus").FocusAsync();
        var ada = await DetailsAsync("Ada", said);
        await ada.FillAsync("#title", "Of cranes & herons");
        await ada.SelectOptionAsync("#kind", "Book");
        await ada.FillAsync("#addresses", "10.1000/cranes\nhttps://herons.example/page");
        await ada.Locator("main").Button("Save").ClickAsync();
        await Expect(ada.Locator("#facts")).ToContainTextAsync("Book");
        await Expect(reader.Locator("#focus")).ToHaveTextAsync("Of cranes & herons");
        await Expect(reader).ToHaveTitleAsync("Of cranes & herons · Annotator");
        await Expect(reader.Locator("#facts")).ToContainTextAsync("Book");
        await Expect(reader.Locator("#facts a.original")).ToHaveTextAsync("herons.example");
        Assert.Empty(await reader.Locator("#gone").AllAsync());
        await ada.GotoAsync($"{Texts.SourceOf(said)}/details");
        await Expect(ada.Locator("#addresses")).ToHaveValueAsync("doi:10.1000/cranes\nhttps://herons.example/page");
        await Expect(ada.Locator(".versions ins").First).ToContainTextAsync("cranes");
    }

    [Fact]
    public async Task An_address_that_another_source_has_is_refused_in_words_and_the_form_is_kept()
    {
        IsAnswered(400);
        var (said, other) = (await SaidAsync("Mine"), Fresh("Theirs"));
        await Site.SayAsync("Mei", other, "", "There already.", "en");
        var ada = await DetailsAsync("Ada", said);
        await ada.FillAsync("#title", "Mine, corrected");
        await ada.FillAsync("#addresses", other.Uri!);
        await ada.Locator("main").Button("Save").ClickAsync();
        await Expect(ada.Locator("#problem"))
            .ToHaveTextAsync("Another source has this address already. An administrator can merge the two.");
        await Expect(ada.Locator("#title")).ToHaveValueAsync("Mine, corrected");
        await Expect(ada.Locator("#addresses")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removed_source_is_gone_and_comes_back(bool withScript)
    {
        IsAnswered(410);
        var title = $"Removed {withScript}";
        var said = await SaidAsync(title);
        await Site.AnswerAsync("Mei", said, "An answer that is kept.", "en");
        var reader = await ReaderAsync("Mei", said);
        var ada = await DetailsAsync("Ada", said, new() { JavaScriptEnabled = withScript });
        await Expect(ada.Locator("main")).ToContainTextAsync("2 comments");
        await Expect(ada.Locator("main .chip")).ToHaveTextAsync(["Mei"]);
        await ada.Locator("main").Button("Remove this source").ClickAsync();
        await Expect(ada.Locator(".toast")).ToContainTextAsync("Source removed.");
        await Expect(ada.Link(title)).ToHaveCountAsync(0);
        await Expect(reader.Locator("#gone")).ToContainTextAsync("This source was removed");
        await Expect(reader.Card("An answer that is kept.")).ToBeVisibleAsync();
        var other = await VisitAsync("Mei");
        var answer = await other.GotoAsync(Texts.SourceOf(said));
        Assert.Equal(410, answer!.Status);
        await Expect(other.Locator("h1")).ToHaveTextAsync("This source was removed");
        await Expect(other.Locator("main")).ToContainTextAsync("an administrator can bring it back");
        await Expect(other.Locator("main form")).ToHaveCountAsync(0);
        await ada.Locator(".toast").Button("Undo").ClickAsync();
        await Expect(ada.Card("An answer that is kept.")).ToBeVisibleAsync();
        await Expect(reader.Locator("#gone")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_removed_it_brings_it_back_from_its_page_and_nobody_else_is_offered_to()
    {
        IsAnswered(410);
        var said = await SaidAsync("Comes back");
        var ada = await DetailsAsync("Ada", said);
        await Expect(ada.Locator("main .chip")).ToHaveCountAsync(0);
        await ada.Locator("main").Button("Remove this source").ClickAsync();
        await Expect(ada.Locator(".toast")).ToBeVisibleAsync();
        var other = await VisitAsync("Mei");
        await other.GotoAsync(new Uri(ada.Url).PathAndQuery);
        await Expect(other.Locator("h1")).ToHaveTextAsync("Library");
        await Expect(other.Locator(".toast")).ToHaveCountAsync(0);
        await ada.GotoAsync($"/a/{said.PublicId}");
        await ada.Locator("main").Button("Bring it back").ClickAsync();
        await Expect(ada.Card("On this page.")).ToBeVisibleAsync();
    }

    private static Citation Fresh(string title) => new($"https://texts.example/{Guid.CreateVersion7():N}", title, null, "en");

    private Task<AnnotationView> SaidAsync(string title) => Site.SayAsync("Ada", Fresh(title), "", "On this page.", "en");

    private async Task<IPage> DetailsAsync(string name, AnnotationView said, BrowserNewContextOptions? options = null)
    {
        var page = await VisitAsync(name, options);
        await page.GotoAsync($"{Texts.SourceOf(said)}/details");
        return page;
    }

    private async Task<IPage> ReaderAsync(string name, AnnotationView said)
    {
        var page = await VisitAsync(name);
        await page.AddInitScriptAsync(
            "globalThis.listening = 0; document.addEventListener('annotator:listening', () => globalThis.listening++)");
        await page.GotoAsync(Texts.SourceOf(said));
        await page.WaitForFunctionAsync("() => globalThis.listening > 0");
        return page;
    }
}
