using System.Globalization;
using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>
/// How quick the reader is beside 500 commented passages, on a machine that does nothing else:
/// <c>dotnet run --project tests/Annotator.BrowserTests -- -explicit only -class "*ReaderFigures" -diagnostics</c>.
/// </summary>
public sealed class ReaderFigures(CrowdedSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<CrowdedSite>
{
    /// <summary>Until a chosen place stands beside its words, in ms.</summary>
    private const double Aligned = 100;

    /// <summary>While the page scrolls, a second.</summary>
    private const double Frames = 50;

    /// <summary>From the click of one to the page of the other, in ms.</summary>
    private const double Heard = 1000;

    [Fact(Explicit = true)]
    public async Task A_chosen_place_stands_beside_its_words_within_a_tenth_of_a_second()
    {
        var times = await (await OpenAsync("Ada")).EvaluateAsync<double[]>("""
            async () => {
              const { focusPlace } = await import('/reader/focus.js');
              const times = [];
              for (const at of [250, 10, 490, 251, 100, 400]) {
                const place = document.querySelectorAll('#places > .place')[at];
                const id = place.dataset.passage;
                const from = performance.now();
                focusPlace(id);
                while (Math.abs(place.getBoundingClientRect().top - document.getElementById(`m-${id}`).getClientRects()[0].top) > 1.5) {
                  if (performance.now() - from > 5000) throw new Error(`${id} does not come`);
                  await new Promise(requestAnimationFrame);
                }
                times.push(performance.now() - from);
              }
              return times;
            }
            """);
        Say("Beside its words after", times, "ms");
        Assert.InRange(Median(times), 0, Aligned);
    }

    [Fact(Explicit = true)]
    public async Task Scrolling_past_them_is_smooth()
    {
        var page = await OpenAsync("Ada");
        var rates = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            // By 40 pixels in each frame.
            var frames = await page.EvaluateAsync<double[]>("""
                async () => {
                  scrollTo({ top: 0, behavior: 'instant' });
                  const times = [];
                  let last = await new Promise(requestAnimationFrame);
                  for (let i = 0; i < 180; i++) {
                    scrollBy({ top: 40, behavior: 'instant' });
                    const time = await new Promise(requestAnimationFrame);
                    times.push(time - last);
                    last = time;
                  }
                  return times;
                }
                """);
            rates.Add(1000 / frames.Average());
        }

        Say("Scrolling by", rates, "frames a second");
        Assert.InRange(Median(rates), Frames, double.MaxValue);
    }

    [Fact(Explicit = true)]
    public async Task A_comment_reaches_the_other_page_within_a_second()
    {
        IPage[] pages = [await OpenAsync("Ada"), await OpenAsync("Mei")];
        var times = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var (writer, reader) = (pages[i % 2], pages[(i + 1) % 2]);
            await writer.Locator("header.source").Link("Comment on the whole source").ClickAsync();
            var composer = new Composer(writer);
            await composer.Body.FillAsync($"New remark {i}.");
            await writer.EvaluateAsync(
                "() => document.addEventListener('submit', () => { globalThis.sent = Date.now(); }, { once: true, capture: true })");
            await reader.EvaluateAsync("""
                words => {
                  globalThis.seen = 0;
                  const observer = new MutationObserver(all => {
                    if (!all.some(change => [...change.addedNodes].some(node => node.textContent.includes(words)))) return;
                    globalThis.seen = Date.now();
                    observer.disconnect();
                  });
                  observer.observe(document.body, { childList: true, subtree: true });
                }
                """, $"New remark {i}.");
            await composer.SendAsync();
            // Looking for the card among hundreds would keep the page from showing it.
            await reader.WaitForFunctionAsync("() => globalThis.seen > 0", null, new() { PollingInterval = 100 });
            times.Add(
                await reader.EvaluateAsync<double>("() => globalThis.seen") - await writer.EvaluateAsync<double>("() => globalThis.sent"));
            await Expect(writer.Card($"New remark {i}.")).ToBeAttachedAsync();
            await Task.Delay(2000, Ct);
        }

        Say("On the other's page after", times, "ms");
        Assert.InRange(Median(times), 0, Heard);
    }

    private static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(string what, IEnumerable<double> values, string unit) =>
        TestContext.Current.SendDiagnosticMessage(
            $"{what} {string.Join(", ", values.Select(v => v.ToString("F0", CultureInfo.InvariantCulture)))} {unit}");

    private async Task<IPage> OpenAsync(string name)
    {
        var page = await VisitAsync(name, new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync(((CrowdedSite)Site).Text.Path);
        await Expect(page.Locator("#places[data-laid]")).ToBeVisibleAsync();
        return page;
    }
}
