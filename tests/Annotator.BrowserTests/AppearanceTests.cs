using System.Globalization;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Kernel;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>How a text is set changes while one moves a slider, and what is read stays where it is.</summary>
public sealed class AppearanceTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    /// <summary>Remembers the first letter of the first line that is read, and measures by how many pixels it has moved since.</summary>
    private const string Letter = """
        () => {
          const from = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
          const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
          const range = new Range();
          while (walker.nextNode()) {
            range.selectNodeContents(walker.currentNode);
            if (!walker.currentNode.data.trim() || range.getBoundingClientRect().bottom <= from) continue;
            for (let i = 0; i < walker.currentNode.data.length; i++) {
              range.setStart(walker.currentNode, i);
              range.setEnd(walker.currentNode, i + 1);
              if (range.getBoundingClientRect().bottom <= from) continue;
              const { top } = range.getBoundingClientRect();
              globalThis.movedBy = () => range.getBoundingClientRect().top - top;
              return;
            }
          }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_changes_while_one_moves_and_what_is_read_stays(bool isPhone)
    {
        var page = await OpenAsync(await EssayAsync("en"), isPhone);
        await page.EvaluateAsync("scrollTo({ top: 2600, behavior: 'instant' })");
        await page.Locator(".appearance > summary").ClickAsync();
        await page.EvaluateAsync(Letter);
        Assert.Equal(0, await page.Locator(".appearance").GetByRole(AriaRole.Button).CountAsync());
        foreach (var (name, value) in new[]
        {
            ("size", "6"), ("width", "1"), ("spacing", "3"), ("size", "2"), ("width", "4"), ("size", "3"),
        })
        {
            var before = await LookAsync(page);
            // As while it is dragged: there is no change event until it is let go.
            await page.Locator($"[name={name}]").EvaluateAsync(
                "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }",
                value);
            await page.DrawnAsync();
            Assert.NotEqual(before, await LookAsync(page));
            var moved = await page.EvaluateAsync<double>("() => movedBy()");
            Assert.True(Math.Abs(moved) < 1, string.Create(CultureInfo.InvariantCulture, $"{moved:F1} px after {name} {value}."));
        }

        foreach (var face in new[] { "sans", "clear", "serif" })
        {
            await page.Locator($".appearance [value={face}]").CheckAsync(new() { Force = true });
            Assert.InRange(await page.EvaluateAsync<double>("() => movedBy()"), -1, 1);
        }
    }

    [Fact]
    public async Task By_keys_it_changes_and_is_kept()
    {
        var essay = await EssayAsync("en");
        var page = await OpenAsync(essay, false);
        await page.Locator(".appearance > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByLabel("Size")).ToBeFocusedAsync();
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("ArrowRight"), IsKept);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-size", "4");
        await page.ReloadAsync();
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-size", "4");
        await page.Locator(".appearance > summary").ClickAsync();
        await Expect(page.GetByLabel("Size")).ToHaveValueAsync("4");
    }

    [Fact]
    public async Task A_typeface_belongs_to_a_script()
    {
        var (english, german, arabic) = (await EssayAsync("en"), await EssayAsync("de"), await EssayAsync("ar"));
        var page = await OpenAsync(english, false);
        await ChooseAsync(page, "clear");
        Assert.StartsWith("OpenDyslexic", await FontAsync(page), StringComparison.Ordinal);
        await page.GotoAsync(german.Path);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-face", "clear");
        await page.GotoAsync(arabic.Path);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-face", "serif");
        Assert.Equal(0, await page.Locator(".appearance [value=clear]").CountAsync());
        await ChooseAsync(page, "sans");
        Assert.StartsWith("\"Noto Sans Arabic\"", await FontAsync(page), StringComparison.Ordinal);
        await page.GotoAsync(english.Path);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-face", "clear");
    }

    [Theory]
    [InlineData("sepia", "rgb(244, 236, 216)")]
    [InlineData("dark", "rgb(18, 18, 18)")]
    [InlineData("light", "rgb(250, 248, 244)")]
    public async Task Paper_is_that_of_the_whole_page_and_site(string paper, string colour)
    {
        var page = await OpenAsync(await EssayAsync("en"), true, paper is "dark" ? ColorScheme.Light : ColorScheme.Dark);
        await ChooseAsync(page, paper);
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", colour);
        await NoFaultAsync(page);
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", paper);
        await page.GotoAsync("/");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", colour);
        await NoFaultAsync(page);
    }

    [Fact]
    public async Task The_system_is_followed_again()
    {
        var page = await OpenAsync(await EssayAsync("en"), false, ColorScheme.Dark);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await ChooseAsync(page, "sepia");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "sepia");
        await ChooseAsync(page, "system");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task Vertical_lines_belong_to_a_source_and_come_at_once()
    {
        var (cat, other) = (await CatAsync(), await CatAsync());
        var page = await OpenAsync(cat, false);
        await page.EvaluateAsync("scrollTo({ top: 1500, behavior: 'instant' })");
        var first = await page.EvaluateAsync<int>("async () => (await import('/reader/position.js')).words().unit");
        Assert.InRange(first, 200, 100_000);
        await ChooseAsync(page, "1", "[name=vertical]");
        await Expect(page.Locator("#text")).ToHaveCSSAsync("writing-mode", "vertical-rl");
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-mode", "list");
        // What was read is the first line still.
        Assert.Equal(first, await page.EvaluateAsync<int>("async () => (await import('/reader/position.js')).words().unit"));
        await page.GotoAsync(other.Path);
        await Expect(page.Locator("#text")).ToHaveCSSAsync("writing-mode", "horizontal-tb");
        await page.GotoAsync(cat.Path);
        await Expect(page.Locator("#text")).ToHaveCSSAsync("writing-mode", "vertical-rl");
        await page.Locator(".appearance > summary").ClickAsync();
        await page.Locator("[name=vertical]").UncheckAsync();
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-mode", "aligned");
    }

    [Fact]
    public async Task Without_scripts_the_form_is_sent()
    {
        var essay = await EssayAsync("en");
        var page = await VisitAsync(options: new() { JavaScriptEnabled = false });
        await page.GotoAsync(essay.Path);
        await page.Locator(".appearance > summary").ClickAsync();
        await page.Locator(".appearance label").Filter(new() { HasText = "Sans serif" }).ClickAsync();
        await page.Locator(".appearance label").Filter(new() { HasText = "Sepia" }).ClickAsync();
        await page.GetByLabel("Turn off single-letter shortcuts").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-face", "sans");
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-keys", "off");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "sepia");
    }

    // Opens the appearance, chooses, and waits until it is kept.
    private static async Task ChooseAsync(IPage page, string value, string name = "")
    {
        if (!await page.Locator(".appearance[open]").IsVisibleAsync())
            await page.Locator(".appearance > summary").ClickAsync();
        await page.RunAndWaitForResponseAsync(
            () => page.Locator($".appearance {name}[value='{value}']").CheckAsync(new() { Force = true }), IsKept);
    }

    private static bool IsKept(IResponse response) => response.Url.EndsWith("/preferences/reading", StringComparison.Ordinal);

    private static Task<string> FontAsync(IPage page) =>
        page.Locator("#text").EvaluateAsync<string>("text => getComputedStyle(text).fontFamily");

    private static Task<string> LookAsync(IPage page) => page.Locator("#text").EvaluateAsync<string>(
        "text => { const { fontSize, lineHeight, maxWidth } = getComputedStyle(text); return [fontSize, lineHeight, maxWidth].join(); }");

    private static async Task NoFaultAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.True(
            found.Violations.Length == 0, string.Join('\n', found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Help} {n.Html}"))));
    }

    private async Task<IPage> OpenAsync(ReaderTexts.Text text, bool isPhone, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await VisitAsync(
            null,
            new()
            {
                Locale = "en",
                ColorScheme = scheme,
                ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1300, Height = 844 },
                IsMobile = isPhone,
                HasTouch = isPhone,
            });
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        return page;
    }

    // Paragraphs that are longer than a window.
    private Task<ReaderTexts.Text> EssayAsync(string language) => Site.AddTextAsync(
        "Ada", "An essay", language, string.Concat(Enumerable.Range(0, 6).Select(i => $"<p>{Sentences(i)}</p>\n")));

    private static string Sentences(int paragraph) =>
        string.Concat(Enumerable.Range(0, 120).Select(k => $"Here stands the sentence {paragraph}.{k} of an essay. "));

    private Task<ReaderTexts.Text> CatAsync() => Site.AddTextAsync(
        "Ada", $"猫 {PublicId.Of(Guid.CreateVersion7())}", "ja", string.Concat(Enumerable.Repeat(ReaderTexts.Cat, 20)));
}
