using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class ReaderPhoneTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_commentary_is_a_sheet_under_the_words()
    {
        var page = await OpenAsync();
        var sheet = page.Locator("aside.margin");
        await Expect(sheet).ToBeHiddenAsync();
        await page.Locator(".mark").First.TapAsync();
        await Expect(page.Card("Word by word.")).ToBeInViewportAsync();
        await Expect(page.Card("Three times.")).ToBeHiddenAsync();
        await Expect(page.Locator(".mark").First).ToBeInViewportAsync();
        // The page glides there.
        await page.WaitForFunctionAsync(
            "() => document.querySelector('.mark').getBoundingClientRect().bottom <= document.querySelector('aside.margin').getBoundingClientRect().top");
        var box = (await sheet.BoundingBoxAsync())!;
        Assert.InRange(box.Height, 844 * 0.39, 844 * 0.41);
        await page.GetByLabel("Larger or smaller").TapAsync();
        Assert.InRange((await sheet.BoundingBoxAsync())!.Height, 844 * 0.89, 844 * 0.91);
        await page.GetByLabel("Next passage").TapAsync();
        await Expect(page.Card("Three times.")).ToBeVisibleAsync();
        await page.GetByLabel("Close").TapAsync();
        await Expect(sheet).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_sheet_is_pulled_higher_and_closed()
    {
        var page = await OpenAsync();
        var sheet = page.Locator("aside.margin");
        await page.Locator(".mark").First.TapAsync();
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-sheet", "low");
        await PullAsync(-300);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-sheet", "tall");
        await PullAsync(300);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-sheet", "low");
        await PullAsync(250);
        await Expect(sheet).ToBeHiddenAsync();

        async Task PullAsync(float by)
        {
            var grip = (await page.Locator(".grip").BoundingBoxAsync())!;
            var (x, y) = (grip.X + grip.Width / 2, grip.Y + grip.Height / 2);
            await page.Mouse.MoveAsync(x, y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(x, y + by, new() { Steps = 6 });
            await page.Mouse.UpAsync();
        }
    }

    /// <summary>Where several are listed, the sheet opens at the comment on the mark, with its words in view above it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_opens_at_the_mark_that_is_tapped(bool isVertical)
    {
        var (page, text) = await OpenManyAsync(isVertical ? "ja" : "en", 390, 844);
        if (isVertical)
            await page.Locator("#text").EvaluateAsync("text => { document.querySelector('.reader').dataset.vertical = ''; }");
        await page.Locator("[data-do='mode:list']").EvaluateAsync("button => button.click()");
        await page.GetByLabel("Close").TapAsync();
        var mark = page.Locator($"#text .mark[data-passages='{text}']");
        await mark.EvaluateAsync("mark => { mark.scrollIntoView({ block: 'end' }); mark.click(); }");
        await page.DrawnAsync();
        var (words, sheet, card, handle) = (
            await BoxAsync(mark), await BoxAsync(page.Locator("aside.margin")), await BoxAsync(page.Card("Of number 9.")),
            await BoxAsync(page.Locator(".handle")));
        Assert.InRange(words.Y + words.Height, 0, sheet.Y);
        Assert.InRange(card.Y, handle.Y + handle.Height - 1, handle.Y + handle.Height + 48);
    }

    [Fact]
    public async Task The_comment_comes_first_in_the_low_sheet()
    {
        var (page, text) = await OpenManyAsync("en", 390, 844);
        await page.Locator($"#text .mark[data-passages='{text}']").TapAsync();
        await page.DrawnAsync();
        var (card, handle) = (await BoxAsync(page.Card("Of number 9.")), await BoxAsync(page.Locator(".handle")));
        Assert.InRange(card.Y - handle.Y - handle.Height, -1, 12);
        // High up it hides the words: there they are said once more, in one line.
        await page.GetByLabel("Larger or smaller").TapAsync();
        Assert.InRange((await BoxAsync(page.Locator(".is-focused > .quote"))).Height, 12, 40);
    }

    [Fact]
    public async Task Filters_wait_behind_a_button()
    {
        var (page, _) = await OpenManyAsync("en", 390, 844);
        await page.Locator("[data-do='mode:list']").EvaluateAsync("button => button.click()");
        var filter = page.GetByRole(AriaRole.Button, new() { Name = "Filter the commentary" });
        await Expect(filter).ToHaveAttributeAsync("aria-expanded", "false");
        await Expect(page.Locator(".filters")).ToBeHiddenAsync();
        await filter.TapAsync();
        await Expect(filter).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.GetByLabel("Order", new() { Exact = true })).ToBeInViewportAsync();
    }

    [Fact]
    public async Task On_its_side_the_window_has_both_text_and_comment()
    {
        var (page, text) = await OpenManyAsync("en", 844, 390);
        await page.Locator($"#text .mark[data-passages='{text}']").TapAsync();
        await page.DrawnAsync();
        var (words, sheet, card) = (
            await BoxAsync(page.Locator($"#text .mark[data-passages='{text}']")), await BoxAsync(page.Locator("aside.margin")),
            await BoxAsync(page.Card("Of number 9.")));
        var bar = await page.EvaluateAsync<float>("async () => (await import('/dom.js')).edge()");
        Assert.InRange(sheet.Y - bar, 120, 200);
        Assert.InRange(words.Y, bar, sheet.Y - words.Height);
        Assert.InRange(Math.Min(390, card.Y + card.Height) - card.Y, 100, 200);
    }

    [Fact]
    public async Task A_paragraph_is_commented_without_selecting()
    {
        var page = await OpenAsync();
        await page.GetByLabel("Comment on paragraph 3").TapAsync();
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeInViewportAsync();
        await Expect(page.Locator("#text .pending")).ToHaveTextAsync(
            "Time is but the stream I go a-fishing in. I drink at it; but while I drink I see the sandy bottom.");
        await composer.Body.FillAsync("From the tram.");
        await composer.Form.Button("Post").TapAsync();
        await Expect(page.Card("From the tram.")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task What_is_selected_has_its_bar_at_the_lower_edge()
    {
        var page = await OpenAsync();
        await page.EvaluateAsync(
            "() => { const p = document.querySelectorAll('#text p')[1]; getSelection().setBaseAndExtent(p.lastChild, 0, p.lastChild, 11); }");
        var bar = page.GetByRole(AriaRole.Toolbar);
        await Expect(bar).ToBeVisibleAsync();
        var box = (await bar.BoundingBoxAsync())!;
        Assert.InRange(box.Y + box.Height, 840, 844.5);
        var small = await page.Locator(".selected button, .handle button, .para").EvaluateAllAsync<string[]>(
            "all => all.filter(one => one.checkVisibility()).map(one => [one.outerHTML, one.getBoundingClientRect()]).filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)");
        Assert.Empty(small);
        await bar.Button("Highlight").TapAsync();
        await Expect(page.Locator(".mark").Nth(1)).ToHaveTextAsync("Time is but");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Nothing_has_to_be_scrolled_sideways(string language)
    {
        var page = await OpenAsync(language);
        var menus = page.Locator(".tools .menu");
        await Expect(menus).ToHaveCountAsync(2);
        foreach (var menu in await menus.AllAsync())
        {
            await menu.Locator("> summary").TapAsync();
            await Expect(menu.Locator(".sheet")).ToBeVisibleAsync();
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, 390);
            await page.Keyboard.PressAsync("Escape");
        }

        await page.Locator(".mark").First.TapAsync();
        await Expect(page.Card("Word by word.")).ToBeInViewportAsync();
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, 390);
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator locator) => (await locator.BoundingBoxAsync())!;

    // Twelve paragraphs with a comment on each, and the passage of the tenth.
    private async Task<(IPage Page, string Passage)> OpenManyAsync(string language, int width, int height)
    {
        var numbers = Enumerable.Range(0, 12).ToList();
        var paragraphs = numbers.Select(
            i => $"<p>Here is the paragraph that has number {i}: some words follow it, so that it is longer than a line.</p>\n");
        var text = await Site.AddTextAsync("Ada", "Twelve", language, string.Concat(paragraphs));
        var passage = "";
        foreach (var number in numbers)
        {
            var said = await Site.RemarkAsync(
                "Mei",
                text,
                $"number {number}: some words",
                $"Of number {number}.\n\nIt goes on in a second paragraph.\n\nAnd a third.",
                "en");
            if (number == 9)
                passage = Domain.Kernel.PublicId.Of(said.PassageId!.Value);
        }

        var page = await OpenAsync("en", text, width, height);
        return (page, passage);
    }

    private async Task<IPage> OpenAsync(string language = "en")
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en", "style");
        await Site.RemarkAsync("Mei", text, "Simplicity", "Three times.", "en");
        return await OpenAsync(language, text, 390, 844);
    }

    private async Task<IPage> OpenAsync(string language, ReaderTexts.Text text, int width, int height)
    {
        var page = await VisitAsync(
            "Ada",
            new()
            {
                Locale = language,
                ViewportSize = new() { Width = width, Height = height },
                IsMobile = true,
                HasTouch = true,
                DeviceScaleFactor = 2,
            });
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        return page;
    }
}
