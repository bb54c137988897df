using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Commentary beside 500 passages.</summary>
public sealed class ReaderMarginTests(CrowdedSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<CrowdedSite>
{
    private const string Crossings = """
        () => {
          const boxes = [...document.querySelectorAll('#places > .place')].map(place => place.getBoundingClientRect()).sort((a, b) => a.top - b.top);
          return [boxes.length, boxes.filter((box, i) => i > 0 && box.top < boxes[i - 1].bottom - 0.5).length];
        }
        """;

    private const string Distance = """
        id => {
          const place = document.getElementById(`p-${id}`), mark = document.getElementById(`m-${id}`);
          return Math.abs(place.getBoundingClientRect().top - mark.getClientRects()[0].top);
        }
        """;

    [Fact]
    public async Task No_two_places_are_in_each_others_way()
    {
        var page = await OpenAsync();
        await NoneCrossAsync(page);
        var middle = (await page.Locator("#places > .place").Nth(CrowdedSite.Places / 2).GetAttributeAsync("data-passage"))!;
        await page.Locator($"#m-{middle}").ClickAsync();
        await Expect(page.Locator($"#p-{middle}")).ToContainClassAsync("is-focused");
        await NoneCrossAsync(page);
        await IsBesideAsync(page, middle);
        await page.SetViewportSizeAsync(1000, 700);
        await NoneCrossAsync(page);
        await IsBesideAsync(page, middle);
    }

    [Fact]
    public async Task The_list_can_be_filtered_and_put_in_order()
    {
        var page = await OpenAsync();
        await page.ClickAsync("[data-do='mode:list']");
        await Expect(page.Locator("#places > .place:visible")).ToHaveCountAsync(CrowdedSite.Places);
        await page.GetByLabel("Tag", new() { Exact = true }).SelectOptionAsync("odd");
        await Expect(page.Locator("#places > .place:visible")).ToHaveCountAsync(CrowdedSite.Places / 2);
        await Expect(page.Locator("#places > .place:visible .card").First).ToContainTextAsync("Remark 1 ");
        await page.GetByLabel("Order", new() { Exact = true }).SelectOptionAsync("newest");
        await page.ClickAsync("[data-do='mode:list']");
        await NoneCrossAsync(page);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync(((CrowdedSite)Site).Text.Path);
        await Expect(page.Locator("#places[data-laid]")).ToBeVisibleAsync();
        return page;
    }

    // The margin may still have a frame to go; what it then shows must stay.
    private static async Task NoneCrossAsync(IPage page)
    {
        await page.WaitForFunctionAsync(
            $"places => {{ const [count, crossings] = ({Crossings})(); return count === places && crossings === 0; }}", CrowdedSite.Places);
        await page.DrawnAsync();
        var found = await page.EvaluateAsync<int[]>(Crossings);
        Assert.Equal([CrowdedSite.Places, 0], found);
    }

    private static async Task IsBesideAsync(IPage page, string passage)
    {
        await page.WaitForFunctionAsync($"id => ({Distance})(id) <= 1.5", passage);
        await page.DrawnAsync();
        Assert.InRange(await page.EvaluateAsync<double>(Distance, passage), 0, 1.5);
    }
}
