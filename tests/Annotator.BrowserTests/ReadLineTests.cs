using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The line that one reads stays where it is, whatever one writes about it: the card moves, not the text.</summary>
public sealed class ReadLineTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const int Paragraph = 14;

    [Theory]
    [InlineData(false, 0.75, "en")]
    [InlineData(false, 0.2, "en")]
    [InlineData(false, 0.5, "ar")]
    [InlineData(true, 0.2, "en")]
    [InlineData(true, 0.3, "ar")]
    public async Task It_stays_through_everything_that_one_writes(bool isPhone, double share, string language)
    {
        var (page, hands) = await OpenAsync(isPhone, language);
        await hands.ReadAsync(Paragraph, share);
        var line = await hands.PositionAsync(Paragraph);

        var reading = new Reading(page, hands, line.Top);
        await reading.CommentAsync();
        await reading.AnswerAndEditAsync();
        await reading.DeleteAndUndoAsync();
        await reading.HighlightAndTagAsync();
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.8)]
    public async Task The_composer_stands_in_the_window_however_low_the_words_are(double share)
    {
        var (page, hands) = await OpenAsync(false, "en");
        await hands.ReadAsync(Paragraph, share);
        await hands.SelectAsync(Paragraph, 6, 20);
        await hands.ActAsync("comment");
        await page.DrawnAsync();
        var box = (await page.Locator("#composer").BoundingBoxAsync())!;
        Assert.InRange(box.Y, 0, 900);
        Assert.InRange(box.Y + box.Height, 0, 900);
        // What is typed makes it longer: upwards, where there is no room below.
        await page.Locator("#body").EvaluateAsync("field => { field.style.blockSize = '380px'; }");
        await page.DrawnAsync();
        box = (await page.Locator("#composer").BoundingBoxAsync())!;
        Assert.InRange(box.Y + box.Height, 0, 900);
        Assert.Equal("", await hands.CrossingsAsync());
    }

    [Fact]
    public async Task Words_that_the_sheet_would_cover_come_up_and_go_back()
    {
        var (page, hands) = await OpenAsync(true, "en");
        await hands.ReadAsync(Paragraph, 0.7);
        var line = await hands.PositionAsync(Paragraph);
        await hands.SelectAsync(Paragraph, 6, 20);
        await hands.ActAsync("comment");
        await page.DrawnAsync();
        var (words, sheet) = (
            (await page.Locator(".mark.pending").BoundingBoxAsync())!, (await page.Locator("aside.margin").BoundingBoxAsync())!);
        Assert.InRange(words.Y + words.Height, 0, sheet.Y);
        await hands.FollowAsync("#composer .row.end a");
        await Expect(page.Locator("aside.margin")).ToBeHiddenAsync();
        Assert.Equal(line.Top, (await hands.PositionAsync(Paragraph)).Top, 0.6);
    }

    [Fact]
    public async Task It_stays_when_somebody_else_writes_and_cards_make_room()
    {
        var text = await TextAsync();
        var first = await Site.RemarkAsync("Mei", text, "sentence 14.0 ", "On the words that are read.", "en");
        await Site.RemarkAsync("Mei", text, "sentence 14.1 ", "Just after them.", "en");
        var page = await OpenAsync(text, false, "en");
        var hands = new ReaderHands(page);
        await hands.ReadAsync(Paragraph, 0.3);
        var line = await hands.PositionAsync(Paragraph);
        await Site.RemarkAsync("Mei", text, "sentence 13.3 ", "Just before them.\n\nIn two paragraphs.", "en");
        await Expect(page.Card("Just before them.")).ToBeAttachedAsync();
        await Site.AnswerAsync("Mei", first, "And an answer.", "en");
        await Expect(page.Locator(".thread[data-replies]")).ToHaveCountAsync(1);
        await page.DrawnAsync();
        Assert.Equal(line.Top, (await hands.PositionAsync(Paragraph)).Top, 0.6);
        Assert.Equal("", await hands.CrossingsAsync());
    }

    private async Task<(IPage Page, ReaderHands Hands)> OpenAsync(bool isPhone, string language)
    {
        var page = await OpenAsync(await TextAsync(), isPhone, language);
        return (page, new ReaderHands(page));
    }

    private async Task<IPage> OpenAsync(ReaderTexts.Text text, bool isPhone, string language)
    {
        var page = await VisitAsync(
            "Ada",
            new()
            {
                Locale = language,
                ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1400, Height = 900 },
                IsMobile = isPhone,
                HasTouch = isPhone,
            });
        await ReaderHands.PrepareAsync(page);
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(isPhone ? ".reader[data-live]" : "#places[data-laid]")).ToBeVisibleAsync();
        return page;
    }

    private async Task<ReaderTexts.Text> TextAsync()
    {
        var text = await Site.AddTextAsync("Ada", "A text that is read", "en", Markup());
        foreach (var sentence in new[] { "10.1", "13.0", "15.2", "16.0" })
            await Site.RemarkAsync("Mei", text, $"sentence {sentence} ", $"Of sentence {sentence}.", "en");
        return text;
    }

    private static string Markup() => string.Concat(Enumerable.Range(0, 30).Select(i => $"<p>{Sentences(i)}</p>\n"));

    private static string Sentences(int paragraph) => string.Concat(
        Enumerable.Range(0, 4).Select(k => $"Here stands the sentence {paragraph}.{k} of a long text that many people have read. "));

    /// <summary>Somebody who reads a line, and writes about it.</summary>
    private sealed class Reading(IPage page, ReaderHands hands, double line)
    {
        public async Task CommentAsync()
        {
            await hands.SelectAsync(Paragraph, 6, 20);
            await hands.ActAsync("comment");
            await WritesAsync("the composer has come");
            await hands.FollowAsync("#composer .row.end a");
            await Expect(new Composer(page).Form).ToHaveCountAsync(0);
            await StaysAsync("it was cancelled");
            await hands.SelectAsync(Paragraph, 6, 20);
            await hands.ActAsync("comment");
            await hands.PostAsync("A first thought.");
            await StaysAsync("it was posted");
        }

        public async Task AnswerAndEditAsync()
        {
            await hands.FollowAsync(".is-focused .card a[href*='reply=']");
            await WritesAsync("somebody answers");
            await hands.PostAsync("An answer of several lines.\n\n- one\n- two\n- three");
            await StaysAsync("it was answered");
            await hands.FollowAsync(".is-focused .card a[href*='edit=']");
            await WritesAsync("somebody edits");
            await hands.PostAsync("A second thought.");
            await StaysAsync("it was edited");
        }

        public async Task DeleteAndUndoAsync()
        {
            await hands.FollowAsync(".is-focused .replies button[formaction$='/delete']");
            await Expect(page.Locator(".toast button")).ToBeVisibleAsync();
            await StaysAsync("the answer was deleted");
            await hands.FollowAsync(".toast button");
            await Expect(page.Card("An answer of several lines.").First).ToBeVisibleAsync();
            await StaysAsync("the answer was brought back");
        }

        public async Task HighlightAndTagAsync()
        {
            await hands.SelectAsync(Paragraph, 24, 40);
            await hands.ActAsync("highlight");
            await Expect(page.Locator(".toast button")).ToBeVisibleAsync();
            await StaysAsync("words were highlighted");
            await hands.SelectAsync(Paragraph, 44, 58);
            await hands.ActAsync("tag");
            await Expect(page.Locator("#tags")).ToBeFocusedAsync();
            await StaysAsync("somebody tags");
            await page.Locator("#tags").EvaluateAsync("field => { field.value = 'style'; }");
            await hands.SendAsync();
            await StaysAsync("it was tagged");
        }

        private async Task WritesAsync(string when)
        {
            await Expect(new Composer(page).Body).ToBeFocusedAsync();
            await StaysAsync(when);
        }

        private async Task StaysAsync(string when)
        {
            var (top, _) = await hands.PositionAsync(Paragraph);
            Assert.True(Math.Abs(top - line) < 0.6, $"{top - line:F1} px after {when}.");
        }
    }
}
