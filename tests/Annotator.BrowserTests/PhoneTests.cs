using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class PhoneTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    private static readonly string Wide = new('w', 300);

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Nothing_has_to_be_scrolled_sideways(string language)
    {
        var said = await Site.SayAsync(
            "Ada", Texts.Walden with { Title = $"Walden {Wide}" }, $"Words of {Wide}",
            $"A table\n\n|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n|{Wide}|{Wide}|2|3|4|5|\n\n```\n{Wide}\n```\n\nhttps://texts.example/{Wide} {Wide}",
            "en",
            "ethics",
            new string('t', 200));
        var page = await VisitAsync(
            "Ada",
            new()
            {
                Locale = language,
                ViewportSize = new() { Width = 390, Height = 844 },
                IsMobile = true,
                HasTouch = true,
                DeviceScaleFactor = 2,
            });
        var source = Texts.SourceOf(said);
        foreach (var path in new[]
        {
            "/", "/?lang=en&tag=ethics", source, $"{source}?reply={said.PublicId}", "/search", "/search?q=tag%3Aethics",
            "/search?q=walden+lang%3Aen", "/search?q=" + Wide, $"/a/{said.PublicId}", "/sources/new", "/settings",
        })
        {
            await page.GotoAsync(path);
            var (width, shown) = (
                await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("innerWidth"));
            Assert.True(width <= 390 && shown <= 390, $"{path} is {width} wide on a screen of 390");
        }
    }

    [Fact]
    public async Task Somebody_reads_and_answers_on_a_phone()
    {
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        await page.GotoAsync("/");
        await page.Link("論語").TapAsync();
        await page.Card("Freunde").Link("Reply").TapAsync();
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeInViewportAsync();
        await composer.Body.FillAsync("Sent from a phone.");
        await composer.Form.Button("Post").TapAsync();
        await Expect(page.Card("Sent from a phone.").Last).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData("/search")]
    [InlineData("/search?q=walden+OR+ethics+lang%3Aen")]
    [InlineData("/search?q=nowhere+lang%3Aen")]
    public async Task Whatever_one_taps_in_the_search_is_as_large_as_a_finger(string path)
    {
        var page = await VisitAsync("Ada", new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        await page.GotoAsync(path);
        var summary = page.Locator(".folded summary");
        if (await summary.CountAsync() > 0)
            await summary.TapAsync();
        var small = await page.Locator("main").Locator("a, button, summary, input").EvaluateAllAsync<string[]>(
            "all => all.filter(one => one.checkVisibility()).map(one => [one.outerHTML, one.getBoundingClientRect()])"
            + ".filter(([, box]) => box.height < 44 || box.width < 44).map(([html, box]) => `${box.width} × ${box.height}: ${html}`)");
        Assert.Empty(small);
    }

    [Fact]
    public async Task The_filters_are_folded_above_the_results_with_the_number_of_the_chosen()
    {
        var page =
            await VisitAsync(options: new() { ViewportSize = new() { Width = 390, Height = 844 }, IsMobile = true, HasTouch = true });
        await page.GotoAsync("/search?q=tag%3Aethics+lang%3Aen");
        var choice = page.Locator(".facets a").Filter(new() { HasText = "Ada" });
        await Expect(page.Locator(".folded summary")).ToHaveTextAsync("Filters 2 chosen");
        await Expect(choice).ToBeHiddenAsync();
        await Expect(page.Results().First).ToBeInViewportAsync();
        await page.Locator(".folded summary").TapAsync();
        await choice.TapAsync();
        await Expect(page.Locator(".folded summary")).ToHaveTextAsync("Filters 3 chosen");
        await Expect(choice).ToBeHiddenAsync();
    }
}
