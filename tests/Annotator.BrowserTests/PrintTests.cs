using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>On paper a source is its text with numbers, and the commentary as notes after it, whatever the screen shows of it.</summary>
public sealed class PrintTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    // What is wrong with the page as it would be printed; one line each.
    private const string Faults = """
        words => {
          const faults = [];
          const isSeen = element => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
          const pressed = 'body > .bar, .reader > .bar, form, button, .actions, .filters, .handle, footer, .toast, nav.pages, .facets';
          for (const one of document.querySelectorAll(pressed)) if (isSeen(one)) faults.push(`there is ${one.localName}.${one.className}`);
          const ink = getComputedStyle(document.body);
          if (ink.color !== 'rgb(0, 0, 0)') faults.push(`the ink is ${ink.color}`);
          const boxes = [];
          for (const card of document.querySelectorAll('.card, .result')) {
            const prose = card.querySelector('.prose, .said');
            if (!isSeen(card) || prose && !isSeen(prose)) { faults.push(`${card.id} is not there`); continue; }
            if (prose && prose.scrollHeight > prose.clientHeight + 2) faults.push(`${card.id} is cut off`);
            const { top, bottom } = card.getBoundingClientRect();
            if (boxes.some(box => top < box.bottom - 1 && bottom > box.top + 1)) faults.push(`${card.id} lies over another`);
            boxes.push({ top, bottom });
          }
          const book = document.querySelector('.book')?.getBoundingClientRect();
          if (book && boxes.some(box => box.top < book.bottom)) faults.push('a note stands beside the text');
          for (const word of words) if (!document.body.innerText.includes(word)) faults.push(`${word} is missing`);
          return faults.join('\n');
        }
        """;

    private const string Numbers = """
        selector => {
          const [elements, pseudo] = selector.split('::');
          return [...document.querySelectorAll(elements)].map(one => getComputedStyle(one, `::${pseudo}`).content.replaceAll('"', ''));
        }
        """;

    [Theory]
    [InlineData(1300, 800, ColorScheme.Light, "en")]
    [InlineData(390, 844, ColorScheme.Dark, "en")]
    [InlineData(1300, 800, ColorScheme.Dark, "ar")]
    public async Task A_text_has_its_commentary_as_numbered_notes(int width, int height, ColorScheme scheme, string language)
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var tall = string.Join("\n\n", Enumerable.Repeat("A long remark.", 40)) + " Endword";
        await Site.RemarkAsync("Mei", text, "I went to the woods", tall, "en");
        await Site.RemarkAsync("Mei", text, "deliberately", "The second one.", "en");
        var third = await Site.RemarkAsync("Mei", text, "the essential facts", "The third one.", "en");
        var page = await VisitAsync(
            "Ada", new() { Locale = language, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        await page.GotoAsync($"{text.Path}?in={Domain.Kernel.PublicId.Of(third.Id)}");
        await Expect(page.Locator(".reader[data-live]")).ToHaveCountAsync(1);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.DrawnAsync();
        Assert.Empty(await page.EvaluateAsync<string>(Faults, (string[])["Endword", "The second one.", "The third one.", text.Path]));
        Assert.Equal(["1", "2", "3"], await page.EvaluateAsync<string[]>(Numbers, ".book .note::after"));
        Assert.Equal(["1", "2", "3"], await page.EvaluateAsync<string[]>(Numbers, "#places > .place::before"));
    }

    [Fact]
    public async Task Quotes_and_results_are_a_clean_list()
    {
        var source = new Citation("https://texts.example/printed", "Printed quotes", "A. Writer", "en");
        AnnotationDraft[] said = [
            .. Enumerable.Range(1, 3).Select(i => new AnnotationDraft
            {
                Id = Guid.CreateVersion7(), Source = source, Quote = new Quote($"Quoted words {i}", Start: i), Body = $"Unmistakable {i}",
                Language = "en",
            }),
        ];
        var ids = new List<AnnotationView>();
        foreach (var draft in said)
            ids.Add(await Site.Writer.CreateAsync(await Site.MemberAsync("Mei"), draft, Ct));
        var page = await VisitAsync(null, new() { ViewportSize = new() { Width = 794, Height = 1123 } });
        foreach (var path in (string[])[$"/sources/{Domain.Kernel.PublicId.Of(ids[0].SourceId)}", "/search?q=unmistakable"])
        {
            await page.EmulateMediaAsync(new() { Media = Media.Screen });
            await page.GotoAsync(path);
            Assert.Empty(await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('[hidden]')].filter(e => e.checkVisibility()).map(e => e.outerHTML)"));
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            await page.DrawnAsync();
            Assert.Empty(await page.EvaluateAsync<string>(Faults, (string[])["Quoted words 2", "Unmistakable 1", "Unmistakable 3"]));
        }
    }
}
