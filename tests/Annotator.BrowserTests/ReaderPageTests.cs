using Annotator.BrowserTests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>A text with its commentary, by mouse and for everybody.</summary>
public sealed class ReaderPageTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Theory]
    [InlineData(ColorScheme.Light, "en", "")]
    [InlineData(ColorScheme.Dark, "en", "")]
    [InlineData(ColorScheme.Light, "ar", "")]
    [InlineData(ColorScheme.Dark, "ar", "")]
    [InlineData(ColorScheme.Light, "en", "sepia")]
    [InlineData(ColorScheme.Dark, "en", "sepia")]
    public async Task Axe_finds_no_fault_in_any_mode_and_colour(ColorScheme scheme, string language, string paper)
    {
        var page = await OpenAsync("Ada", new() { ColorScheme = scheme, Locale = language }, paper);
        await page.ToolsAsync();
        await page.SelectOptionAsync("#colour", "person");
        await NoFaultAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#text .mark").First.ClickAsync();
        await SelectAsync(page, 1, 0, 11);
        await Expect(page.GetByRole(AriaRole.Toolbar)).ToBeVisibleAsync();
        await NoFaultAsync(page);
        await page.ClickAsync("[data-do='mode:list']");
        await NoFaultAsync(page);
        await page.ToolsAsync();
        await page.ClickAsync("[data-do='keys']");
        await NoFaultAsync(page);
    }

    [Fact]
    public async Task Selected_words_have_a_bar_beside_their_end_that_does_not_cover_them()
    {
        var page = await OpenAsync("Ada");
        var bar = page.GetByRole(AriaRole.Toolbar);
        foreach (var (paragraph, start, end) in new[] { (0, 0, 6), (1, 0, 90), (2, 60, 78) })
        {
            await SelectAsync(page, paragraph, start, end);
            await Expect(bar).ToBeVisibleAsync();
            // It follows a moment after the selection has settled.
            await page.WaitForFunctionAsync("""
                () => {
                  const bar = document.querySelector('.selected').getBoundingClientRect();
                  const covers = [...getSelection().getRangeAt(0).getClientRects()].some(box => box.left < bar.right && box.right > bar.left && box.top < bar.bottom && box.bottom > bar.top);
                  const ends = [...getSelection().getRangeAt(0).getClientRects()].at(-1);
                  const isNear = Math.abs(bar.top - ends.bottom) < 20 || Math.abs(bar.bottom - ends.top) < 60;
                  return isNear && !covers && bar.left >= 0 && bar.top >= 0 && bar.right <= innerWidth && bar.bottom <= innerHeight;
                }
                """);
        }

        await bar.Button("Highlight").ClickAsync();
        await Expect(page.Locator(".mark").Last).ToHaveTextAsync("be as two or three");
        await Expect(page.Locator(".place").Last).ToContainTextAsync("Highlighted");
    }

    [Fact]
    public async Task Visitors_copy_and_are_shown_the_way_in()
    {
        var page = await OpenAsync(null);
        await SelectAsync(page, 0, 0, 6);
        var bar = page.GetByRole(AriaRole.Toolbar);
        await Expect(bar.Button("Copy quote")).ToBeVisibleAsync();
        await Expect(bar.GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        await Expect(bar.Link("Sign in to write")).ToHaveAttributeAsync(
            "href",
            new System.Text.RegularExpressions.Regex(
                "^/sign-in", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Words_of_two_passages_let_the_reader_choose()
    {
        var page = await OpenAsync("Ada");
        await page.Locator(".mark").Filter(new() { HasText = "essential" }).ClickAsync();
        var candidates = page.GetByRole(AriaRole.Group, new() { Name = "Several passages share these words" }).GetByRole(AriaRole.Button);
        await Expect(candidates).ToHaveCountAsync(2);
        await Expect(candidates.First).ToBeFocusedAsync();
        await candidates.Last.ClickAsync();
        await Expect(page.Locator(".place.is-focused")).ToContainTextAsync("The longer one.");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".place.is-focused")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_link_to_a_comment_leads_to_its_words_and_to_it()
    {
        var text = await TextAsync();
        var said = await Site.RemarkAsync("Mei", text, "Simplicity", "The last one.", "en");
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 1300, Height = 500 } });
        foreach (var address in new[] { $"{text.Path}#a-{said.PublicId}", $"{text.Path}?at={said.PublicId}" })
        {
            await page.GotoAsync(address);
            await Expect(page.Card("The last one.")).ToBeFocusedAsync();
            await Expect(page.Card("The last one.")).ToBeInViewportAsync();
            await Expect(page.Locator(".mark").Filter(new() { HasText = "Simplicity" })).ToBeInViewportAsync();
        }
    }

    [Fact]
    public async Task Where_one_has_read_is_found_again()
    {
        var text = await Site.AddTextAsync(
            "Ada",
            "A long text",
            "en",
            string.Concat(Enumerable.Range(0, 80).Select(i => $"<p>Paragraph number {i} of a long text.</p>\n")));
        var page = await VisitAsync("Ada");
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        var paragraph = page.GetByText("Paragraph number 60 of");
        await paragraph.EvaluateAsync("element => element.scrollIntoView({ block: 'start', behavior: 'instant' })");
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('annotator-read:'))");
        await page.GotoAsync("/");
        await page.GotoAsync(text.Path);
        await Expect(paragraph).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_rail_shows_where_people_have_written_and_leads_there()
    {
        var text = await Site.AddTextAsync(
            "Ada",
            "A long text",
            "en",
            string.Concat(Enumerable.Range(0, 80).Select(i => $"<p>Paragraph number {i} of a long text.</p>\n")));
        await Site.RemarkAsync("Mei", text, "number 5 ", "Near the top.", "en");
        await Site.RemarkAsync("Mei", text, "number 70 ", "Near the end.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(text.Path);
        var ticks = page.Locator(".rail .tick");
        await Expect(ticks).ToHaveCountAsync(2);
        var (first, last) = ((await ticks.First.BoundingBoxAsync())!, (await ticks.Last.BoundingBoxAsync())!);
        Assert.True(last.Y - first.Y > 200, $"{first.Y} and {last.Y}");
        await ticks.Last.ClickAsync();
        await Expect(page.Locator(".place.is-focused")).ToContainTextAsync("Near the end.");
        await Expect(page.Locator(".mark").Last).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_width_of_the_margin_is_set_by_keys_and_kept()
    {
        var page = await OpenAsync("Ada");
        var separator = page.GetByRole(AriaRole.Separator, new() { Name = "Width of the commentary" });
        await separator.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(separator).ToHaveAttributeAsync("aria-valuenow", "368");
        await page.ReloadAsync();
        await Expect(separator).ToHaveAttributeAsync("aria-valuenow", "368");
        Assert.Equal(368, await page.Locator("aside.margin").EvaluateAsync<double>("margin => margin.offsetWidth"));
    }

    [Fact]
    public async Task What_is_replaced_while_somebody_reads_works_as_before()
    {
        var page = await OpenAsync("Ada");
        await page.Locator(".mark").Last.FocusAsync();
        await page.EvaluateAsync("""
            () => {
              const text = document.getElementById('text');
              for (let i = 0; i < 3; i++) {
                const fresh = text.cloneNode(true);
                fresh.querySelectorAll('.para').forEach(button => button.remove());
                fresh.querySelectorAll('[tabindex]').forEach(element => element.removeAttribute('tabindex'));
                text.innerHTML = fresh.innerHTML;
                document.dispatchEvent(new Event('annotator:merged'));
              }
            }
            """);
        await Expect(page.Locator(".selected, .separator, .leaders, .filters, .handle")).ToHaveCountAsync(5);
        await Expect(page.Locator("#text .para")).ToHaveCountAsync(5);
        await Expect(page.Locator("#text :is(p, h2)[tabindex='0']")).ToHaveCountAsync(1);
        await page.Locator(".mark").First.ClickAsync();
        await Expect(page.Locator(".place.is-focused")).ToContainTextAsync("The longer one.");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".mark").Nth(1)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_answer_of_somebody_else_comes_beside_the_words_and_the_text_stays()
    {
        var text = await TextAsync();
        var said = await Site.RemarkAsync("Mei", text, "Simplicity", "The last one.", "en");
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 1300, Height = 800 } });
        await page.GotoAsync(text.Path);
        await Expect(page.Locator("#places[data-laid]")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { for (const mark of document.querySelectorAll('.mark')) mark.kept = true; }");
        await Site.AnswerAsync("Mei", said, "An answer from elsewhere.", "en");
        await Expect(page.Locator(".thread[data-replies]")).ToHaveAttributeAsync("data-replies", "Replies: 1");
        Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.mark')].every(mark => mark.kept)"));
        await page.Locator(".mark").Last.ClickAsync();
        await Expect(page.Card("An answer from elsewhere.")).ToBeInViewportAsync();
    }

    private async Task<ReaderTexts.Text> TextAsync()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "the essential facts", "The shorter one.", "en", "style");
        await Site.RemarkAsync("Noor", text, "I wished to front only the essential facts of life", "The longer one.", "en");
        return text;
    }

    private async Task<IPage> OpenAsync(string? name, BrowserNewContextOptions? options = null, string paper = "")
    {
        var text = await TextAsync();
        var page = await VisitAsync(name, new(options ?? new()) { ViewportSize = new() { Width = 1300, Height = 800 } });
        if (paper.Length > 0)
            await page.Context.AddCookiesAsync([new() { Name = "annotator-theme", Value = paper, Url = Site.Address }]);
        await page.GotoAsync(text.Path);
        await Expect(page.Locator("#places[data-laid]")).ToBeVisibleAsync();
        return page;
    }

    private static async Task SelectAsync(IPage page, int paragraph, int start, int end) => await page.EvaluateAsync(
        """
        async ([paragraph, start, end]) => {
          const { rangeBetween, unitAt } = await import('/reader/quote.js');
          const text = document.getElementById('text');
          const first = unitAt(text, text.querySelectorAll('p')[paragraph], 0);
          const range = rangeBetween(text, first + start, first + end);
          range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
          getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
        }
        """,
        new[] { paragraph, start, end });

    private static async Task NoFaultAsync(IPage page)
    {
        var faults =
            (await page.RunAxe(new() { ResultTypes = [ResultType.Violations], Iframes = false })).Violations.SelectMany(v =>
                v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}\n  {n.Any.FirstOrDefault()?.Message}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }
}
