using Annotator.BrowserTests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Bringing what one reads elsewhere: bookmark, app, address.</summary>
public sealed class InstallTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private static readonly string Brought = "/add?url=https%3A%2F%2Fa.example%2Ftao"
        + $"&title={Uri.EscapeDataString("道德經")}&text={Uri.EscapeDataString("上善若水")}";

    [Fact]
    public async Task What_is_brought_outlives_the_sign_in_and_is_stored()
    {
        await Site.MemberAsync("Ada");
        var page = await VisitAsync();
        await page.GotoAsync(Brought);
        await page.FillAsync("#name", "Ada");
        await page.FillAsync("#password", Site.Password);
        await page.ClickAsync("main button[type=submit]");
        await Expect(page.Locator("#quote")).ToHaveValueAsync("上善若水");
        await Expect(page.Locator("#title")).ToHaveValueAsync("道德經");
        await Expect(page.Locator("#uri")).ToHaveValueAsync("https://a.example/tao");
        await Expect(page.Locator("#body")).ToBeFocusedAsync();
        await page.FillAsync("#body", "Like water.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.Card("Like water.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("道德經");
    }

    [Fact]
    public async Task A_draft_of_something_else_does_not_take_its_place()
    {
        var page = await VisitAsync("Ada");
        await page.GotoAsync("/sources/new");
        await page.FillAsync("#quote", "Half typed before");
        await page.GotoAsync(Brought);
        await Expect(page.Locator("#quote")).ToHaveValueAsync("上善若水");
        await page.GotoAsync("/sources/new");
        await Expect(page.Locator("#quote")).ToHaveValueAsync("Half typed before");
    }

    [Fact]
    public async Task The_bookmark_brings_the_page_and_the_words_that_are_selected()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "To be brought.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync("/install");
        var bookmark = await page.GetByRole(AriaRole.Link, new() { Name = "Add to Annotator" }).GetAttributeAsync("href");
        Assert.StartsWith("javascript:", bookmark, StringComparison.Ordinal);
        await page.GotoAsync(Texts.SourceOf(said));
        await page.EvaluateAsync("() => getSelection().selectAllChildren(document.querySelector('h1'))");
        var script = Uri.UnescapeDataString(bookmark!["javascript:".Length..]);
        var opened = await page.RunAndWaitForPopupAsync(() => page.EvaluateAsync(script));
        await Expect(opened.Locator("#quote")).ToHaveValueAsync("Walden; or, Life in the Woods");
        await Expect(opened.Locator("#uri")).ToHaveValueAsync(page.Url.Split('#')[0]);
    }

    [Theory]
    [InlineData("en", ColorScheme.Light, 1280)]
    [InlineData("zh-Hans", ColorScheme.Dark, 390)]
    [InlineData("ar", ColorScheme.Light, 390)]
    public async Task The_page_has_no_fault_and_the_browser_can_install_the_site(string language, ColorScheme scheme, int width)
    {
        var page = await VisitAsync(
            "Ada", new() { Locale = language, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        await page.GotoAsync("/install");
        Assert.Empty((await page.RunAxe()).Violations);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        var devtools = await page.Context.NewCDPSessionAsync(page);
        var manifest = (await devtools.SendAsync("Page.getAppManifest"))!.Value;
        Assert.Equal("[]", manifest.GetProperty("errors").GetRawText());
        Assert.Contains("share_target", manifest.GetProperty("data").GetString(), StringComparison.Ordinal);
        Assert.Contains($"\"lang\":\"{language}\"", manifest.GetProperty("data").GetString(), StringComparison.Ordinal);
        foreach (var icon in (string[])["icon-192.png", "icon-512.png", "icon-180.png", "icon.svg"])
            Assert.Equal(200, (await page.APIRequest.GetAsync($"{Site.Address}/{icon}")).Status);
    }
}
