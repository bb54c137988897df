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
    public async Task All_that_stand_before_the_chosen_one_are_seen_where_there_is_room_for_a_line_of_each()
    {
        // A place each 44 pixels, each 90 pixels high; the chosen one has room for lines of all before it, and for no more.
        var settled = await SettleAsync(await OpenAsync(), "Array.from({ length: 40 }, (_, i) => ({ want: 44 * i, height: 90 }))", 12);
        Assert.Equal(528, settled[12][0]);
        Assert.DoesNotContain(settled, place => place[2] > 0);
        Assert.Equal((1, 0), ((int)settled[0][1], (int)settled[13][1]));
    }

    [Fact]
    public async Task Places_of_any_heights_are_settled_without_crossings_and_below_the_beginning()
    {
        var page = await OpenAsync();
        for (var focus = -1; focus < 60; focus += 6)
        {
            var settled = await SettleAsync(
                page,
                "Array.from({ length: 60 }, (_, i) => ({ want: 12 * i - 300, height: 40 + i * i * 37 % 400, isWhole: i === 30 }))", focus);
            var seen = settled.Where(place => place[2] == 0).OrderBy(place => place[0]).ToList();
            Assert.All(seen, place => Assert.InRange(place[0], 0, double.MaxValue));
            Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.InRange(pair.Second[0], pair.First[0] + pair.First[3], double.MaxValue));
        }
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

    // For each place its top, whether it is a stub, whether it is away, and its height.
    private static async Task<double[][]> SettleAsync(IPage page, string places, int focus) =>
        await page.EvaluateAsync<double[][]>($$"""
            async focus => {
              const { settle } = await import('/reader/layout.js');
              const places = {{places}};
              return settle(places, focus, { gap: 8, stub: 34, far: 900 })
                .map(({ top, isStub, isAway }, i) => [top, Number(isStub), Number(isAway), isStub ? 34 : places[i].height]);
            }
            """, focus);

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
