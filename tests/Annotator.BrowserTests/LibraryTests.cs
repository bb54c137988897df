using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class LibraryTests(LibraryTests.Shelf site, Browser browser) : BrowserTest(site, browser), IClassFixture<LibraryTests.Shelf>
{
    private ILocator? _titles;

    [Fact]
    public async Task Sources_are_sorted_by_activity_by_age_and_by_title()
    {
        var page = await OpenAsync();
        await Expect(_titles!.First).ToHaveTextAsync("Volume 01");
        await page.Link("Newly added").ClickAsync();
        await Expect(_titles!.First).ToHaveTextAsync("Volume 45");
        await Expect(page.Link("Newly added")).ToHaveAttributeAsync("aria-current", "true");
        await page.Link("Title").ClickAsync();
        await Expect(_titles!.First).ToHaveTextAsync("Almanac");
        await page.GoBackAsync();
        await Expect(_titles!.First).ToHaveTextAsync("Volume 45");
        await page.Link("Newest activity").ClickAsync();
        await Expect(_titles!.First).ToHaveTextAsync("Volume 01");
    }

    [Theory]
    [InlineData("Newest activity")]
    [InlineData("Newly added")]
    [InlineData("Title")]
    public async Task Going_from_page_to_page_meets_every_source_once(string order)
    {
        var page = await OpenAsync();
        await page.Link(order).ClickAsync();
        await Expect(page.Link(order)).ToHaveAttributeAsync("aria-current", "true");
        var met = new List<string>(await _titles!.AllTextContentsAsync());
        foreach (var onThisPage in new[] { 20, 8 })
        {
            await page.Link("Next page").ClickAsync();
            await Expect(_titles).Not.ToContainTextAsync([met[^1]]);
            await Expect(_titles).ToHaveCountAsync(onThisPage);
            met.AddRange(await _titles.AllTextContentsAsync());
        }

        await Expect(page.Link("Next page")).ToHaveCountAsync(0);
        Assert.Equal(48, met.Count);
        Assert.Equal(48, met.Distinct(StringComparer.Ordinal).Count());
        await page.Link("First page").ClickAsync();
        await Expect(_titles).ToHaveCountAsync(20);
        await Expect(_titles.First).ToHaveTextAsync(met[0]);
    }

    [Fact]
    public async Task Language_and_tag_narrow_the_library_and_chips_widen_it_again()
    {
        var page = await OpenAsync();
        await page.Locator(".facets").GetByRole(AriaRole.Link, new() { Name = "Chinese (Traditional)" }).ClickAsync();
        await Expect(_titles!).ToHaveTextAsync(["論語", "孟子"], new() { UseInnerText = true });
        await page.Locator(".facets").GetByRole(AriaRole.Link, new() { Name = "仁" }).ClickAsync();
        await Expect(_titles!).ToHaveTextAsync(["孟子"]);
        await page.ReloadAsync();
        await Expect(_titles!).ToHaveTextAsync(["孟子"]);
        await page.GetByLabel("Remove the filter Chinese (Traditional)").ClickAsync();
        await Expect(_titles!).ToHaveTextAsync(["孟子", "Almanac"]);
        await page.GetByLabel("Remove the filter 仁").ClickAsync();
        await Expect(_titles!).ToHaveCountAsync(20);

        await page.GotoAsync("/?lang=fi");
        await Expect(page.GetByText("No source matches these filters.")).ToBeVisibleAsync();
        await page.Link("Show all sources").ClickAsync();
        await Expect(_titles!).ToHaveCountAsync(20);
    }

    [Fact]
    public async Task What_a_filter_leaves_is_shown_from_its_beginning()
    {
        var page = await OpenAsync();
        await page.EvaluateAsync("scrollTo({ top: 200, behavior: 'instant' })");
        await page.Locator(".facets").GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveTextAsync("English ✕");
        await Expect(page.Locator("#focus")).ToBeFocusedAsync();
        await page.WaitForFunctionAsync("scrollY === 0");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/");
        _titles = page.Locator(".sources h2");
        await Expect(_titles).ToHaveCountAsync(20);
        return page;
    }

    /// <summary>48 sources, each annotated on a day of its own; the oldest volume is the last one spoken of.</summary>
    public sealed class Shelf : Site
    {
        private static readonly DateTimeOffset FirstDay = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var drafts = Enumerable.Range(1, 45).Select(i => On(i, Volume(i), "en"))
                .Append(On(-3, new("https://texts.example/almanac", "Almanac", null, "en"), "en", "仁"))
                .Append(On(-2, new("https://texts.example/mengzi", "孟子", null, "zh-Hant"), "zh-Hant", "仁"))
                .Append(On(-1, new("https://texts.example/lunyu", "論語", null, "zh-Hant"), "zh-Hant"))
                .Append(On(60, Volume(1), "en") with { Quote = new Quote("Spoken of again") });
            var outcomes = await Batches.WriteAsync([.. drafts], Ct);
            Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
        }

        private static Citation Volume(int number) => new($"https://texts.example/volumes/{number}", $"Volume {number:00}", null, "en");

        private static AnnotationDraft On(int day, Citation source, string language, params string[] tags) =>
            new()
            {
                Id = Guid.CreateVersion7(FirstDay.AddDays(day)),
                Source = source,
                Quote = new Quote("The words"),
                Body = "A remark",
                Language = language,
                Tags = tags,
                Provenance = new Provenance(new Userid("Mei", "localhost"), null, FirstDay.AddDays(day), FirstDay.AddDays(day)),
            };
    }
}
