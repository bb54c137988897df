using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The form of a comment: one field that grows and one line below it, which leaves the text in view.</summary>
public sealed class ComposerTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    /// <summary>Height of the empty form in pixels, at most.</summary>
    private const int Desktop = 160;
    private const int Phone = 220;

    private static readonly ViewportSize Wide = new() { Width = 1400, Height = 900 };
    private static readonly ViewportSize Narrow = new() { Width = 390, Height = 844 };

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("zh-Hans")]
    public async Task Empty_it_is_low_on_a_desktop(string language)
    {
        var (page, composer) = await OpenAsync(language, isPhone: false);
        Assert.InRange(await HeightAsync(composer.Form), 0, Desktop);
        Assert.Equal("", await SidewaysAsync(page));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    [InlineData("zh-Hans")]
    public async Task On_a_phone_it_is_low_and_half_of_the_text_stays_in_view(string language)
    {
        var (page, composer) = await OpenAsync(language, isPhone: true);
        Assert.InRange(await HeightAsync(composer.Form), 0, Phone);
        Assert.Equal("", await SidewaysAsync(page));
        var targets = composer.Form.Locator("input:not([type=hidden]), select, summary, .row a, .row button");
        var small = await targets.EvaluateAllAsync<string[]>(
            "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)");
        Assert.Empty(small);
        await composer.Body.FillAsync(string.Join('\n', Enumerable.Repeat("A line of many that somebody writes.", 40)));
        await page.DrawnAsync();
        var sheet = (await page.Locator("aside.margin").BoundingBoxAsync())!;
        Assert.InRange(sheet.Y, Narrow.Height / 2 - 1, Narrow.Height);
        await Expect(composer.Form.Locator("button[type=submit]")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task On_a_phone_an_answer_far_down_the_sheet_is_in_view()
    {
        var text = await Site.AddTextAsync("Ada", "A thread", "en", ReaderTexts.Pond);
        var first = await Site.RemarkAsync("Mei", text, "deliberately", "The first of many.", "en");
        for (var i = 0; i < 8; i++)
            await Site.AnswerAsync("Mei", first, $"Answer {i} of some length, so that the sheet has to be scrolled to the last one.", "en");
        var last = await Site.AnswerAsync("Mei", first, "The last one.", "en");
        var page = await VisitAsync("Ada", OnPhone("en"));
        await page.GotoAsync($"{text.Path}?reply={last.PublicId}#composer");
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        await Expect(composer.Body).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(composer.Form.Locator("button[type=submit]")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task The_field_has_the_focus_also_when_the_browser_goes_to_the_form_late()
    {
        var said = await Site.SayAsync("Mei", Texts.Walden, "Our life is frittered away", "To be answered at once.", "en");
        var page = await VisitAsync("Ada");
        await page.AddInitScriptAsync("addEventListener('load', () => document.activeElement.blur());");
        await page.GotoAsync($"{Texts.SourceOf(said)}?reply={said.PublicId}#composer");
        await Expect(new Composer(page).Body).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_field_grows_with_what_is_written_and_the_form_stays_in_the_window()
    {
        var (page, composer) = await OpenAsync("en", isPhone: false);
        var before = await HeightAsync(composer.Body);
        await composer.Body.FillAsync("One\nTwo\nThree\nFour\nFive\nSix");
        Assert.InRange(await HeightAsync(composer.Body), before + 60, 400);
        await composer.Body.FillAsync(string.Join('\n', Enumerable.Range(0, 200)));
        Assert.InRange(await HeightAsync(composer.Body), before + 60, 400);
        await page.DrawnAsync();
        await Expect(composer.Form.Locator("button[type=submit]")).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [Fact]
    public async Task Help_and_preview_are_behind_one_button()
    {
        var (_, composer) = await OpenAsync("en", isPhone: false);
        var help = composer.Form.GetByText("Markdown works");
        await Expect(help).ToBeHiddenAsync();
        await composer.Body.FillAsync("It is **deep**.");
        await composer.Form.GetByText("Formatting").ClickAsync();
        await Expect(help).ToBeVisibleAsync();
        var preview = composer.Form.GetByRole(AriaRole.Group, new() { Name = "Preview of the comment" });
        await Expect(preview.Locator("strong")).ToHaveTextAsync("deep");
        await composer.Body.FillAsync("It is *wide*.");
        await Expect(preview.Locator("em")).ToHaveTextAsync("wide");
    }

    [Fact]
    public async Task Without_JavaScript_all_of_it_is_there()
    {
        var said = await Site.SayAsync("Mei", Texts.Walden, "Our life is frittered away", "To be answered by hand.", "en");
        var page = await VisitAsync("Ada", new() { JavaScriptEnabled = false });
        await page.GotoAsync($"{Texts.SourceOf(said)}?reply={said.PublicId}");
        var composer = new Composer(page);
        await composer.Form.GetByText("Formatting").ClickAsync();
        await Expect(composer.Form.GetByText("Markdown works")).ToBeVisibleAsync();
        await composer.Tags.FillAsync("hands, letters");
        await composer.Audience.SelectOptionAsync("Only me");
        await composer.Language.SelectOptionAsync("de");
        await composer.Body.FillAsync("Von Hand.");
        await composer.SendAsync();
        var card = page.Card("Von Hand.");
        await Expect(card.Locator(".private")).ToBeVisibleAsync();
        await Expect(card.Locator(".tags li")).ToHaveTextAsync(["hands", "letters"]);
        await Expect(card.Locator(".prose")).ToHaveAttributeAsync("lang", "de");
    }

    private async Task<(IPage Page, Composer Composer)> OpenAsync(string language, bool isPhone)
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await VisitAsync("Ada", isPhone ? OnPhone(language) : new() { Locale = language, ViewportSize = Wide });
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        await page.EvaluateAsync(
            "() => { const p = document.querySelectorAll('#text p')[1]; getSelection().setBaseAndExtent(p.lastChild, 0, p.lastChild, 11); }");
        await page.Locator(".selected [data-act='comment']").ClickAsync();
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        await page.DrawnAsync();
        return (page, composer);
    }

    private static BrowserNewContextOptions OnPhone(string language) =>
        new() { Locale = language, ViewportSize = Narrow, IsMobile = true, HasTouch = true, DeviceScaleFactor = 2 };

    private static async Task<double> HeightAsync(ILocator element) => (await element.BoundingBoxAsync())!.Height;

    /// <summary>What of the form is cut off or stands outside of it.</summary>
    private static async Task<string> SidewaysAsync(IPage page) => string.Join('\n', await page.EvaluateAsync<string[]>(
        """
        () => {
          const form = document.getElementById('composer').getBoundingClientRect();
          return [...document.querySelectorAll('#composer :is(select, input:not([type=hidden]), textarea, a, button, summary)')]
            .filter(one => one.getBoundingClientRect().right > form.right + .5 || one.getBoundingClientRect().left < form.left - .5)
            .map(one => one.outerHTML);
        }
        """));
}
