using Annotator.BrowserTests.Support;
using Microsoft.Playwright;

namespace Annotator.BrowserTests;

/// <summary>
/// A link leads to the comment: it is in view, outlined, and has the focus, however it was reached and however long the source is.
/// </summary>
public sealed class LinkTests(LinkedSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<LinkedSite>
{
    /// <summary>What is wrong with where the page stands, for the comment of an id; an empty text where nothing is.</summary>
    private const string Fault = """
        id => {
          const card = document.getElementById(`a-${id}`);
          if (!card) return 'the comment is not on the page';
          const active = document.activeElement;
          if (active !== card) return `the focus is on ${active.localName}#${active.id}.${active.className}`;
          if (!card.matches('.target') || getComputedStyle(card).boxShadow === 'none') return 'the comment is not outlined';
          // What is said of the whole source stands above the bar of the reader.
          const bars = ['body > .bar', ...card.closest('.reader') ? ['.reader > .bar'] : []]
            .map(bar => document.querySelector(bar)).filter(bar => getComputedStyle(bar).position === 'sticky');
          const covers = [card.closest('.margin')?.querySelector(':scope > .handle'), ...bars];
          const edge = Math.max(0, ...covers.filter(Boolean).map(cover => cover.getBoundingClientRect().bottom));
          const { top, bottom, left } = card.getBoundingClientRect();
          const isTall = bottom - top > (innerHeight - edge) / 2;
          const isSeen = top >= edge - 1 && (bottom <= innerHeight + 1 || isTall && top <= edge + 130);
          if (!isSeen) return `the comment stands at ${top}–${bottom}, the room is ${edge}–${innerHeight}`;
          return card.contains(document.elementFromPoint(left + 20, top + 12)) ? '' : 'something lies over its beginning';
        }
        """;

    /// <summary>Generous, in milliseconds: a loaded machine is slow, not wrong.</summary>
    private const float Patience = 10_000;

    /// <summary>Faults after which no more are looked for.</summary>
    private const int Enough = 4;

    public static TheoryData<string, int, ReducedMotion> Cases()
    {
        var cases = new TheoryData<string, int, ReducedMotion>();
        foreach (var width in (int[])[1200, 390])
        {
            foreach (var source in LinkedSite.Sources)
                cases.Add(source, width, ReducedMotion.NoPreference);
            cases.Add(LinkedSite.Sources[1], width, ReducedMotion.Reduce);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_link_leads_to_the_comment(string source, int width, ReducedMotion motion)
    {
        var page = await VisitAsync(
            null, new() { ViewportSize = new() { Width = width, Height = width > 400 ? 800 : 844 }, ReducedMotion = motion });
        List<string> faults = [];
        foreach (var goal in site.GoalsOf(source))
        {
            // The forms of a link do not differ from comment to comment.
            foreach (var (way, follow) in WaysTo(page, goal, goal == site.GoalsOf(source)[0]).TakeWhile(_ => faults.Count < Enough))
            {
                await follow();
                if (await FaultAsync(page, goal) is { Length: > 0 } fault)
                    faults.Add($"{goal.Body[..Math.Min(40, goal.Body.Length)]} {way}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<(string Way, Func<Task> Follow)> WaysTo(IPage page, LinkedSite.Goal goal, bool areAll)
    {
        var path = $"/sources/{goal.Source}";
        var usual = $"{path}?in={goal.Id}#a-{goal.Id}";
        string[] links = [usual, $"{path}?in={goal.Id}", $"{path}?at={goal.Id}", $"{path}#a-{goal.Id}"];
        foreach (var link in links.Take(areAll ? 4 : 1))
        {
            yield return ($"fresh {link}", () => page.GotoAsync(link));
            yield return ($"by a click in the library {link}", () => ClickAsync(page, "/", link));
        }

        yield return ("from a hit", async () =>
        {
            var words = string.Join(' ', goal.Body.Split(' ').Take(7)).TrimEnd('.');
            await page.GotoAsync($"/search?q={Uri.EscapeDataString($"\"{words}\"")}");
            await page.Locator($"article.result a.open[href*='{goal.Id}']").ClickAsync();
            await page.WaitForURLAsync(url => url.Contains(path, StringComparison.Ordinal));
        });
        if (!areAll)
            yield break;
        yield return ("from another place of the page", () => ClickAsync(page, $"{path}?in={goal.Id}", usual));
        yield return ("the permalink", () => page.GotoAsync($"/a/{goal.Id}"));
        yield return ("from the permalink", async () =>
        {
            await page.Locator(".crumb a").ClickAsync();
            await page.WaitForURLAsync(url => url.Contains(path, StringComparison.Ordinal));
        });
    }

    private static async Task ClickAsync(IPage page, string from, string link)
    {
        await page.GotoAsync(from);
        await page.EvaluateAsync(
            """
            link => document.querySelector('main').prepend(
              Object.assign(document.createElement('a'), { href: link, textContent: 'Lead there' }))
            """,
            link);
        await page.Link("Lead there").ClickAsync();
        await page.WaitForURLAsync(
            url => url.Contains(link, StringComparison.Ordinal) || url.Contains("in=", StringComparison.Ordinal));
    }

    /// <summary>What is wrong when the page has come to rest.</summary>
    private static async Task<string> FaultAsync(IPage page, LinkedSite.Goal goal)
    {
        try
        {
            await page.WaitForFunctionAsync($"id => ({Fault})(id) === ''", goal.Id, new() { Timeout = Patience });
            await page.DrawnAsync();
            await page.DrawnAsync();
        }
        catch (TimeoutException)
        {
            // It is said below.
        }

        return await page.EvaluateAsync<string>(Fault, goal.Id);
    }
}
