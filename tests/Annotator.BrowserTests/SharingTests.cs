using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Links and quotes are copied from each card and passage.</summary>
public sealed class SharingTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task A_passage_is_copied_with_its_source_in_the_marks_of_its_language()
    {
        var address = $"https://texts.example/{Guid.CreateVersion7():N}_(1)";
        var said = await Site.SayAsync(
            "Mei", new(address, "Wald & *Wiese*", "Anna Beispiel", "de"), "Im Wald ist es still.", "So it is.", "en");
        var page = await OpenAsync(Texts.SourceOf(said));
        var passage = PassageOf(said);
        await ShareAsync(page, page.Locator($"{passage} .text"), "Copy quote with source");
        Assert.Equal($"„Im Wald ist es still.“ — Anna Beispiel, Wald & *Wiese*, {address}", await CopiedAsync(page));
        await ShareAsync(page, page.Card("So it is."), "Copy quote with source as Markdown");
        var written = address.Replace("(1)", "%281%29", StringComparison.Ordinal);
        Assert.Equal(
            $"> „Im Wald ist es still.“\n>\n> — Anna Beispiel, [Wald & \\*Wiese\\*]({written})\n", await CopiedAsync(page));
        await ShareAsync(page, page.Locator($"{passage} .text"), "Copy link");
        var link = await CopiedAsync(page);
        Assert.Equal($"{Site.Address}{Texts.SourceOf(said)}?in={passage[3..]}#p-{passage[3..]}", link);
        await page.GotoAsync(link);
        await Expect(page.Locator(passage)).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_comment_on_the_whole_source_is_quoted_with_who_wrote_it()
    {
        var said = await Site.SayAsync("Noor", Fresh("Ein Titel"), "", "جملة **واحدة** هنا.", "ar");
        var page = await OpenAsync($"/a/{said.PublicId}");
        await ShareAsync(page, page.Card("جملة"), "Copy quote with source");
        Assert.Equal($"”جملة واحدة هنا.“ — Noor, Ein Titel, {Site.Address}/a/{said.PublicId}", await CopiedAsync(page));
        await ShareAsync(page, page.Card("جملة"), "Copy link");
        Assert.Equal($"{Site.Address}/a/{said.PublicId}", await CopiedAsync(page));
    }

    [Fact]
    public async Task The_menu_works_by_keys_and_gives_the_focus_back()
    {
        var said = await Site.SayAsync("Mei", Fresh("By keys"), "Some words.", "Said by keys.", "en");
        var page = await OpenAsync(Texts.SourceOf(said));
        var button = page.Card("Said by keys.").Button("Share");
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#share-menu")).ToBeVisibleAsync();
        await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(page.Locator("[data-share-as=link]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("[data-share-as=markdown]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#share-menu")).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#share-said")).ToHaveTextAsync("Copied.");
        await Expect(button).ToBeFocusedAsync();
        Assert.Equal($"{Site.Address}/a/{said.PublicId}", await CopiedAsync(page));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_device_shares_where_the_browser_offers_it(bool isOffered)
    {
        var said = await Site.SayAsync("Mei", Fresh("On a phone"), "Words to share.", "Share this.", "en");
        var page = await OpenAsync(Texts.SourceOf(said), new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true });
        // A browser for tests has no sheet of the system: what the page hands to it is kept instead.
        await page.EvaluateAsync(isOffered
            ? "() => { navigator.share = async what => { globalThis.shared = what; }; }"
            : "() => { delete Navigator.prototype.share; }");
        await page.Locator($"{PassageOf(said)} .text").Button("Share").ClickAsync();
        await Expect(page.Locator("[data-share-as=link]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-share-as=native]")).ToBeVisibleAsync(new() { Visible = isOffered });
        if (!isOffered)
            return;
        await page.Locator("[data-share-as=native]").ClickAsync();
        Assert.Equal("On a phone “Words to share.”", await page.EvaluateAsync<string>("() => `${shared.title} ${shared.text}`"));
    }

    [Fact]
    public async Task Over_plain_http_it_is_copied_too()
    {
        var said = await Site.SayAsync("Mei", Fresh("Plain"), "Some words.", "Said plainly.", "en");
        var page = await OpenAsync(Texts.SourceOf(said));
        await page.EvaluateAsync("() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })");
        await page.Card("Said plainly.").Button("Share").ClickAsync();
        await page.Locator("[data-share-as=link]").ClickAsync();
        await Expect(page.Locator("#share-said")).ToHaveTextAsync("Copied.");
        await page.EvaluateAsync("() => { delete navigator.clipboard; }");
        Assert.Equal($"{Site.Address}/a/{said.PublicId}", await CopiedAsync(page));
    }

    [Fact]
    public async Task Without_script_nothing_is_offered_that_does_nothing()
    {
        var said = await Site.SayAsync("Mei", Fresh("Without"), "Some words.", "Said without.", "en");
        var page = await VisitAsync(options: new() { JavaScriptEnabled = false });
        await page.GotoAsync(Texts.SourceOf(said));
        await Expect(page.Card("Said without.")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-share]").First).ToBeHiddenAsync();
    }

    private static Citation Fresh(string title) => new($"https://texts.example/{Guid.CreateVersion7():N}", title, null, "en");

    private static string PassageOf(AnnotationView said) => $"#p-{Domain.Kernel.PublicId.Of(said.PassageId!.Value)}";

    private async Task<IPage> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        var page = await VisitAsync(options: options);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(path);
        return page;
    }

    private static async Task ShareAsync(IPage page, ILocator where, string what)
    {
        await where.Button("Share").First.ClickAsync();
        await page.Locator("#share-menu").GetByRole(AriaRole.Menuitem, new() { Name = what, Exact = true }).ClickAsync();
        await Expect(page.Locator("#share-said")).ToHaveTextAsync("Copied.");
    }

    private static Task<string> CopiedAsync(IPage page) => page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
}
