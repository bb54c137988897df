using System.Text.RegularExpressions;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>A source with more passages than a page is read, commented and kept up to date window by window.</summary>
public sealed class LongSourceTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const int Size = SourceReader.WindowSize;
    private const int SizeInText = SourceReader.WindowSizeInText;
    private const int Count = 2 * Size + 50;

    [Fact]
    public async Task Links_of_before_lead_to_the_window_of_what_they_name()
    {
        var (path, said) = await LongAsync("Linked");
        var page = await VisitAsync();
        foreach (var number in new[] { Count - 3, 5, Size + 1 })
        {
            var id = PublicId.Of(said[number].Id);
            await page.GotoAsync($"{path}#a-{id}");
            await Expect(page.Locator($"#a-{id}")).ToContainClassAsync("target");
        }

        await page.GotoAsync($"{path}#a-{PublicId.Of(Guid.CreateVersion7())}");
        await Expect(page).ToHaveURLAsync(new Regex("in=.*#a-", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.Locator("section.passage")).ToHaveCountAsync(Size);
    }

    [Fact]
    public async Task From_window_to_window_the_heading_says_where_one_is()
    {
        var (path, _) = await LongAsync("Turned");
        var page = await VisitAsync();
        await page.GotoAsync(path);
        await Expect(page.Locator("#facts")).ToContainTextAsync($"{Count} passages");
        await page.Locator("#window-below").Link("Next passages").ClickAsync();
        await Expect(page.Locator("#passages")).ToHaveTextAsync($"Passages {Size + 1}–{2 * Size} of {Count}");
        await Expect(page.Locator("#passages")).ToBeFocusedAsync();
        await Expect(page.Locator("#window")).ToBeInViewportAsync();
        await page.Locator("#window").Link("Previous passages").ClickAsync();
        await Expect(page.Locator("#passages")).ToHaveTextAsync($"Passages 1–{Size} of {Count}");
        await page.Locator("#window-number").FillAsync($"{Count - 1}");
        await page.Locator("#window").Button("Go").ClickAsync();
        await Expect(page.Locator("#passages")).ToHaveTextAsync($"Passages {2 * Size + 1}–{Count} of {Count}");
        await Expect(page.GetByLabel($"Passage {Count - 1}", new() { Exact = true })).ToContainClassAsync("target");
    }

    /// <summary>The line with the position and the way on is seen whole, at the top: below the bar, where that stays.</summary>
    [Theory]
    [InlineData(1280, "en")]
    [InlineData(390, "en")]
    [InlineData(390, "ar")]
    public async Task One_lands_on_the_line_of_the_window(int width, string language)
    {
        var (path, _) = await LongAsync($"Landed {width} {language}");
        var page = await VisitAsync(null, new() { Locale = language, ViewportSize = new() { Width = width, Height = 844 } });
        await page.GotoAsync(path);
        foreach (var (nav, rel, first) in new[]
        {
            ("#window-below", "next", Size + 1), ("#window", "next", 2 * Size + 1),
            ("#window", "prev", Size + 1), ("#window-below", "prev", 1),
        })
        {
            await page.Locator($"{nav} a[rel={rel}]").ClickAsync();
            await Expect(page.Locator("#passages")).ToContainTextAsync($"{first}");
            await Expect(page.Locator("#passages")).ToBeFocusedAsync();
            await page.WaitForFunctionAsync(
                """
                () => {
                  const line = document.getElementById('window').getBoundingClientRect().top;
                  const bar = document.querySelector('.bar').getBoundingClientRect();
                  return line >= Math.max(0, bar.bottom) && line < Math.max(0, bar.bottom) + 40;
                }
                """);
        }
    }

    [Fact]
    public async Task What_is_written_in_a_window_comes_back_to_it()
    {
        var (path, said) = await LongAsync("Written");
        var page = await VisitAsync("Mei");
        await page.GotoAsync($"{path}?in={PublicId.Of(said[Count - 1].Id)}");
        await page.GetByLabel($"Passage {Count - 4}", new() { Exact = true }).Link("Comment").ClickAsync();
        await Expect(new Composer(page).Body).ToBeFocusedAsync();
        await page.Link("Cancel").ClickAsync();
        await page.GetByLabel($"Passage {Count - 4}", new() { Exact = true }).Link("Comment").ClickAsync();
        var card = await new Composer(page).PostAsync("Far in the source.");
        await Expect(card).ToContainTextAsync("Far in the source.");
        await Expect(page.GetByLabel($"Passage {Count}", new() { Exact = true })).ToBeAttachedAsync();
        await page.Card("Far in the source.").Button("Delete").ClickAsync();
        await Expect(page.GetByLabel($"Passage {Count}", new() { Exact = true })).ToBeAttachedAsync();
        await page.Locator(".toast").Button("Undo").ClickAsync();
        await Expect(page.Card("Far in the source.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel($"Passage {Count}", new() { Exact = true })).ToBeAttachedAsync();
    }

    [Fact]
    public async Task What_others_write_comes_into_its_window_only()
    {
        var (path, said) = await LongAsync("Heard");
        var page = await VisitAsync();
        await page.AddInitScriptAsync("document.addEventListener('annotator:listening', () => { globalThis.listening = 1; })");
        await page.GotoAsync($"{path}?in={PublicId.Of(said[Size + 3].Id)}");
        await page.WaitForFunctionAsync("() => globalThis.listening > 0");
        await AnswerAsync(said[Size + 5], "Heard in the second window.");
        await Expect(page.Card("Heard in the second window.")).ToBeAttachedAsync();
        await AnswerAsync(said[5], "Not heard in the second window.");
        await Expect(page.Locator("#facts")).ToContainTextAsync($"{Count + 2} comments");
        await Expect(page.Card("Not heard in the second window.")).ToHaveCountAsync(0);
        await Expect(page.Locator("section.passage")).ToHaveCountAsync(Size);
    }

    [Fact]
    public async Task In_a_text_keys_go_on_from_window_to_window()
    {
        var (text, said) = await LongTextAsync("Walked");
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync($"{text.Path}#a-{PublicId.Of(said[SizeInText + 2].Id)}");
        await Expect(page.Locator($"#a-{PublicId.Of(said[SizeInText + 2].Id)}")).ToBeFocusedAsync();
        await Expect(page.Locator("#text .mark")).ToHaveCountAsync(50);
        for (var i = 1; i >= 0; i--)
        {
            await page.Keyboard.PressAsync("k");
            await Expect(page.Locator(".place.is-focused")).ToHaveAttributeAsync("aria-label", $"Passage {SizeInText + 1 + i}");
        }

        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator(".place.is-focused")).ToHaveAttributeAsync("aria-label", $"Passage {SizeInText}");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".place.is-focused")).ToHaveAttributeAsync("aria-label", $"Passage {SizeInText + 1}");
    }

    [Fact]
    public async Task Somebody_comes_back_to_the_window_beside_which_they_have_read()
    {
        var (text, said) = await LongTextAsync("Kept");
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync($"{text.Path}?in={PublicId.Of(said[SizeInText + 2].Id)}");
        await page.EvaluateAsync("document.querySelectorAll('#text p')[80].scrollIntoView({ block: 'start', behavior: 'instant' })");
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('annotator-read:'))");
        await page.GotoAsync(text.Path);
        await Expect(page.Locator("#window")).ToContainTextAsync($"Passages {SizeInText + 1}–{SizeInText + 50} of {SizeInText + 50}");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("zh-CN")]
    public async Task Axe_finds_no_fault_in_a_window_also_on_a_phone(string language)
    {
        var (path, said) = await LongAsync($"Checked in {language}");
        var page = await VisitAsync("Ada", new() { Locale = language, ViewportSize = new() { Width = 390, Height = 800 } });
        await page.GotoAsync($"{path}?in={PublicId.Of(said[Size].Id)}");
        var found = await page.Locator("#window").RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => v.Help)));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private async Task<(string Path, List<AnnotationDraft> Said)> LongAsync(string title)
    {
        var source = new Citation($"https://texts.example/{Guid.CreateVersion7():N}", title, null, "en");
        var said = await RemarksAsync(Count, i => new AnnotationDraft
        {
            Id = Guid.CreateVersion7(),
            Source = source,
            Quote = new Quote($"The words number {i} of {title}", Start: 100 * i),
            Body = $"Remark {i}.",
            Language = "en",
        });
        return ($"/sources/{await SourceOfAsync(said[0])}", said);
    }

    private async Task<(ReaderTexts.Text Text, List<AnnotationDraft> Said)> LongTextAsync(string title)
    {
        var paragraphs = Enumerable.Range(0, SizeInText + 50).Select(i => $"<p>Here stands the sentence {i:0000} of a long text.</p>\n");
        var text = await Site.AddTextAsync("Ada", title, "en", string.Concat(paragraphs));
        var said = await RemarksAsync(SizeInText + 50, i => new AnnotationDraft
        {
            Id = Guid.CreateVersion7(),
            SourceId = text.Source,
            Quote = new Quote($"the sentence {i:0000} of"),
            Body = $"Remark {i}.",
            Language = "en",
        });
        return (text, said);
    }

    private async Task<List<AnnotationDraft>> RemarksAsync(int count, Func<int, AnnotationDraft> remark)
    {
        var time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var said = Enumerable.Range(0, count).Select(i => remark(i) with
        {
            Provenance = new Provenance(new Userid("crowd", "elsewhere.example"), null, time.AddMinutes(i), time.AddMinutes(i)),
        }).ToList();
        await Site.Batches.WriteAsync(said, Ct);
        return said;
    }

    private async Task<string> SourceOfAsync(AnnotationDraft draft) =>
        PublicId.Of(await Site.InStoreAsync(async db => (await db.Annotations.FindAsync([draft.Id], Ct))!.SourceId));

    private async Task AnswerAsync(AnnotationDraft draft, string body) => await Site.Writer.CreateAsync(
        await Site.MemberAsync("Noor"),
        new AnnotationDraft { Id = Guid.CreateVersion7(), References = [draft.Id], Body = body, Language = "en" },
        Ct);
}
