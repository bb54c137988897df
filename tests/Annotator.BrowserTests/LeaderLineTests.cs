using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>A line leads from the end of marked words to their card: of the one that is hovered or focused.</summary>
public sealed class LeaderLineTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    // For each line that is drawn the distance of its beginning from the end of the mark, across and down, and whether it ends at the card.
    private const string Lines = """
        id => [...document.querySelectorAll('.leaders path')].filter(path => path.getTotalLength() > 0).map(path => {
          const place = (length) => path.getPointAtLength(length).matrixTransform(path.getScreenCTM());
          const [from, to] = [place(0), place(path.getTotalLength())];
          const mark = [...[...document.querySelectorAll(`.mark[data-passages~="${id}"]`)].at(-1).getClientRects()].at(-1);
          const card = document.getElementById(`p-${id}`).querySelector('.card').getBoundingClientRect();
          const isLeft = card.left < mark.left;
          return [Math.abs(from.x - (isLeft ? mark.left : mark.right)), Math.abs(from.y - mark.bottom),
            Math.abs(to.x - (isLeft ? card.right : card.left)), to.y >= card.top && to.y <= card.bottom ? 0 : 1];
        })
        """;

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task It_touches_the_words_and_the_card_of_one_place(string language)
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var first = await Site.RemarkAsync("Mei", text, "I went to the woods", "The first one.\n\nIn two paragraphs.", "en");
        var second = await Site.RemarkAsync("Mei", text, "deliberately", "The second one.", "en");
        await Site.RemarkAsync("Mei", text, "the essential facts", "The third one.", "en");
        var page = await VisitAsync("Ada", new() { Locale = language, ViewportSize = new() { Width = 1300, Height = 800 } });
        await page.GotoAsync(text.Path);
        await Expect(page.Locator("#places[data-laid]")).ToBeVisibleAsync();
        var (one, two) = (PassageOf(first), PassageOf(second));
        Assert.Empty(await LinesAsync(page, one));

        await page.Locator($"#m-{two}").HoverAsync();
        Touches(await LinesAsync(page, two));
        await page.Mouse.MoveAsync(5, 5);
        Assert.Empty(await LinesAsync(page, two));

        await page.Locator($"#p-{one} .card").HoverAsync();
        Touches(await LinesAsync(page, one));
        await page.Mouse.MoveAsync(5, 5);
        await page.Locator($"#m-{two}").FocusAsync();
        await page.Locator($"#m-{two}").ClickAsync();
        await page.Mouse.MoveAsync(5, 5);
        Touches(await LinesAsync(page, two));
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        Assert.Empty(await LinesAsync(page, two));
    }

    private static string PassageOf(Domain.Annotations.AnnotationView said) => Domain.Kernel.PublicId.Of(said.PassageId!.Value);

    private static async Task<double[][]> LinesAsync(IPage page, string passage)
    {
        await page.DrawnAsync();
        return await page.EvaluateAsync<double[][]>(Lines, passage);
    }

    private static void Touches(double[][] lines)
    {
        var line = Assert.Single(lines);
        Assert.All(line, distance => Assert.InRange(distance, 0, 1.5));
    }
}
