using Annotator.BrowserTests.Support;
using Annotator.Domain.Kernel;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What the reader of a text says of marks, and where the focus and the selection go.</summary>
public sealed class ReaderDetailTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const string Wish = "I wished to live deliberately";
    private const string Selected = "() => getSelection().toString()";

    [Fact]
    public async Task Passages_that_share_words_are_told_apart_by_who_said_what()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, Wish, "A vow of his.", "en");
        await Site.RemarkAsync("Noor", text, "wished to live deliberately", "ما معنى هذا؟", "ar");
        await Site.RemarkAsync("Tom", text, "to live deliberately", "", "en");
        var page = await ReadAsync("Ada", text);
        await page.Locator("#text .mark").GetByText("to live deliberately").ClickAsync();
        var choices = page.Locator(".candidates button");
        await Expect(choices.Locator(".who")).ToHaveTextAsync(["Tom", "Noor", "Mei"]);
        await Expect(choices.Locator("span")).ToHaveTextAsync(["Highlighted", "ما معنى هذا؟", "A vow of his."]);
        await Expect(choices.Nth(1).Locator("span")).ToHaveAttributeAsync("dir", "rtl");
    }

    [Fact]
    public async Task A_mark_tells_a_screen_reader_how_many_comments_stand_on_it()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var first = await Site.RemarkAsync("Mei", text, "Simplicity", "Three times.", "en");
        await Site.AnswerAsync("Ada", first, "And once more.", "en");
        await Site.RemarkAsync("Mei", text, "the woods", "", "en");
        var page = await ReadAsync("Ada", text);
        await Expect(Mark(page, "Simplicity")).ToHaveAttributeAsync("aria-description", "Comments: 2");
        Assert.Null(await Mark(page, "the woods").GetAttributeAsync("aria-description"));
    }

    [Fact]
    public async Task A_tagged_highlight_shows_its_tags_at_rest()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "Simplicity", "", "en", "plainness");
        var page = await ReadAsync("Ada", text);
        await Expect(page.Locator(".places .place:not(.is-focused) .tags a")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task That_a_highlight_was_made_is_said_once_and_to_nobody_else()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await ReadAsync("Ada", text);
        await page.Locator("#text h2").First.FocusAsync();
        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator(".toast")).ToContainTextAsync("Highlighted.");
        await Expect(page.Locator("#text .mark")).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#text .mark")).ToBeVisibleAsync();
        await Expect(page.Locator(".toast")).ToHaveCountAsync(0);
        var made = (await Site.InStoreAsync(db => Task.FromResult(db.Annotations.Single(a => a.SourceId == text.Source)))).Id;
        foreach (var name in new[] { "Mei", null })
        {
            var other = await VisitAsync(name);
            foreach (var query in new[] { "made", "undo" })
            {
                await other.GotoAsync($"{text.Path}?{query}={PublicId.Of(made)}");
                await Expect(other.Locator("#text .mark")).ToBeVisibleAsync();
                await Expect(other.Locator(".toast")).ToHaveCountAsync(0);
            }
        }
    }

    [Fact]
    public async Task A_visitor_comes_through_sign_in_back_to_what_was_selected()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await VisitAsync();
        await ReaderHands.PrepareAsync(page);
        await OpenAsync(page, text);
        await new ReaderHands(page).SelectAsync(0, 0, 19);
        await page.Locator(".selected a").ClickAsync();
        await page.FillAsync("#name", "Ada");
        await page.FillAsync("#password", Site.Password);
        await page.ClickAsync("main button[type=submit]");
        await Expect(new Composer(page).Body).ToBeVisibleAsync();
        await Expect(page.Locator("#text .pending")).ToHaveTextAsync("I went to the woods");
    }

    [Fact]
    public async Task The_keys_that_change_the_view_keep_the_focus_on_the_page()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "Simplicity", "Three times.", "en");
        var page = await ReadAsync("Ada", text);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card("Three times.")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("\\");
        await Expect(page.Card("Three times.")).ToBeHiddenAsync();
        await Expect(page.Locator("#text .mark")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("\\");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("s");
        await Expect(page.Heading("Walden").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_selection_by_keys_goes_on_in_the_next_paragraph_and_back()
    {
        var text = await Site.AddTextAsync("Ada", "Short", "en", "<p>One two.</p>\n<p>Three four.</p>\n<p>Five.</p>\n");
        var page = await ReadAsync("Ada", text);
        await page.Locator("#text p").First.FocusAsync();
        for (var words = 0; words < 3; words++)
            await page.Keyboard.PressAsync("Shift+ArrowRight");
        await SelectedAsync(page, "One two.Three");
        for (var words = 0; words < 2; words++)
            await page.Keyboard.PressAsync("Shift+ArrowRight");
        await SelectedAsync(page, "One two.Three four.Five");
        for (var words = 0; words < 3; words++)
            await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await SelectedAsync(page, "One two.");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await SelectedAsync(page, "One two.Three");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator("#places .quote mark")).ToHaveTextAsync("One two. Three four.");
    }

    [Fact]
    public async Task The_first_stop_after_the_title_leads_to_the_text()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await ReadAsync("Ada", text);
        await page.Heading("Walden").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Link("Skip to the text")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#text h2").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_link_to_the_content_stays_on_an_error_page()
    {
        IsAnswered(404);
        var page = await VisitAsync();
        await page.GotoAsync("/sources/nothing?of=this");
        await page.Link("Skip to the content").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        Assert.EndsWith("/sources/nothing?of=this#main", page.Url, StringComparison.Ordinal);
        await Expect(page.Locator(".error h1")).ToBeVisibleAsync();
    }

    private static ILocator Mark(IPage page, string words) => page.Locator("#text .mark").Filter(new() { HasText = words });

    // Between paragraphs the browser puts line ends of its own.
    private static async Task SelectedAsync(IPage page, string words) =>
        Assert.Equal(words, (await page.EvaluateAsync<string>(Selected)).ReplaceLineEndings(""));

    private async Task<IPage> ReadAsync(string name, ReaderTexts.Text text)
    {
        var page = await VisitAsync(name, new() { ViewportSize = new() { Width = 1300, Height = 800 } });
        await OpenAsync(page, text);
        return page;
    }

    private static async Task OpenAsync(IPage page, ReaderTexts.Text text)
    {
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        await Expect(page.Locator("#text :is(p, h2)[tabindex='0']")).ToHaveCountAsync(1);
    }
}
