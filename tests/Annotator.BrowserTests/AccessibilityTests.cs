using Annotator.BrowserTests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class AccessibilityTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Theory]
    [InlineData(ColorScheme.Light, "en")]
    [InlineData(ColorScheme.Dark, "en")]
    [InlineData(ColorScheme.Light, "ar")]
    [InlineData(ColorScheme.Dark, "ar")]
    public async Task Axe_finds_no_fault_in_light_and_dark_from_left_and_from_right(ColorScheme scheme, string language)
    {
        var said = await Site.SayAsync(
            "Ada", Texts.Walden, "Simplify", "To be **answered**: `code`, <https://texts.example/>.", "en", "style");
        var page = await VisitAsync("Ada", new() { ColorScheme = scheme, Locale = language });
        foreach (var path in new[]
        {
            "/",
            $"{Texts.SourceOf(said)}?reply={said.PublicId}",
            "/search?q=tag%3Aethics",
            "/search?q=walden+OR+ethics+lang%3Aen+after%3A2020",
            "/search?q=%22nowhere+lang%3Aen",
            "/sources/new",
            $"{Texts.SourceOf(said)}/details",
        })
        {
            await CheckAsync(page, path, scheme);
        }
        var visitor = await VisitAsync(options: new() { ColorScheme = scheme, Locale = language });
        await CheckAsync(visitor, "/sign-up", scheme);
    }

    [Fact]
    public async Task Axe_finds_no_fault_in_the_smaller_pages()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, "Simplify", "To be looked at.", "en", "style");
        var page = await VisitAsync("Ada");
        foreach (var path in new[] { "/?tag=style", $"/a/{said.PublicId}", "/search", "/settings" })
            await CheckAsync(page, path, ColorScheme.Light);
        var visitor = await VisitAsync();
        foreach (var path in new[] { "/sign-in", Texts.SourceOf(said) })
            await CheckAsync(visitor, path, ColorScheme.Light);
    }

    [Fact]
    public async Task Refused_forms_and_versions_have_no_fault_either()
    {
        IsAnswered(400);
        var said = await Site.SayAsync("Ada", Texts.Walden, "Simplify", "As it was.", "en");
        await Site.Writer.EditAsync(await Site.MemberAsync("Ada"), said.Id, new(1, "As it is.", "en", [], true), Ct);
        var page = await VisitAsync("Ada", new() { ColorScheme = ColorScheme.Dark });
        await CheckAsync(page, $"/a/{said.PublicId}/history", ColorScheme.Dark);
        await page.GotoAsync($"{Texts.SourceOf(said)}?reply={said.PublicId}");
        var composer = new Composer(page);
        await composer.SendAsync();
        await Expect(composer.Problem).ToBeVisibleAsync();
        await NoFaultAsync(page);
    }

    [Fact]
    public async Task The_page_has_one_direction_and_every_text_its_own()
    {
        var page = await VisitAsync(options: new() { Locale = "ar" });
        await page.GotoAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await page.Link("論語").ClickAsync();
        var english = page.Card("Legge has").First.Locator(".prose").Last;
        await Expect(page.Locator("h1 [lang=zh-Hant]")).ToHaveAttributeAsync("dir", "ltr");
        await Expect(page.Locator(".quote").First).ToHaveAttributeAsync("lang", "zh-Hant");
        await Expect(page.Locator(".quote").First).ToHaveAttributeAsync("dir", "ltr");
        await Expect(english).ToHaveAttributeAsync("dir", "ltr");
        await Expect(english).ToHaveAttributeAsync("lang", "en");
        await Expect(english.Locator("em")).ToHaveCSSAsync("font-style", "italic");

        var other = await VisitAsync(options: new() { Locale = "en" });
        await other.GotoAsync("/");
        await Expect(other.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await other.Link("مقدمة ابن خلدون").ClickAsync();
        await Expect(other.Locator(".quote").First).ToHaveAttributeAsync("dir", "rtl");
    }

    [Fact]
    public async Task The_systems_darkness_is_followed_from_page_to_page()
    {
        var page = await VisitAsync(options: new() { ColorScheme = ColorScheme.Dark });
        await page.GotoAsync("/");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Link("論語").ClickAsync();
        await Expect(page.Locator(".passage").First).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    private static async Task CheckAsync(IPage page, string path, ColorScheme scheme)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", scheme is ColorScheme.Dark ? "dark" : "light");
        await NoFaultAsync(page);
    }

    private static async Task NoFaultAsync(IPage page)
    {
        var faults =
            (await page.RunAxe(new() { ResultTypes = [ResultType.Violations], Iframes = false })).Violations.SelectMany(v =>
                v.Nodes.Select(n => $"{page.Url} {v.Id}: {v.Help}\n  {n.Html}\n  {n.Any.FirstOrDefault()?.Message}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }
}
