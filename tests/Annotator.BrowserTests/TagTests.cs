using Annotator.BrowserTests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Tags complete from those of the library that the writer may see.</summary>
public sealed class TagTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private static readonly ViewportSize Narrow = new() { Width = 390, Height = 844 };

    [Theory]
    [InlineData("osoph", "Moral philosophy")]
    [InlineData("MORAL", "Moral philosophy")]
    [InlineData("cafe", "Café society")]
    [InlineData("之", "學習之樂")]
    [InlineData("философия, 樂", "學習之樂")]
    [InlineData("زهرة، فلسفة", "الفَلسفة")]
    public async Task Any_part_of_a_tag_offers_it_in_any_script(string typed, string offered)
    {
        var (_, composer) = await OpenAsync();
        await composer.Tags.FillAsync(typed);
        await Expect(composer.TagChoices).ToHaveTextAsync([offered]);
    }

    [Fact]
    public async Task Keys_take_a_tag_and_go_on_to_the_next_one()
    {
        var (page, composer) = await OpenAsync();
        await composer.Body.FillAsync("Written by keys.");
        await composer.Tags.FocusAsync();
        await Expect(composer.Tags).ToHaveRoleAsync(AriaRole.Combobox);
        await page.Keyboard.TypeAsync("soc");
        await Expect(composer.Tags).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(composer.TagChoices.And(page.Locator("[aria-selected=true]"))).ToHaveTextAsync("Café society");
        await Expect(composer.Tags).ToHaveAttributeAsync("aria-activedescendant", "tag-choice-0");
        await NoFaultAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(composer.Tags).ToHaveValueAsync("Café society, ");
        await Expect(composer.TagChoices).ToHaveCountAsync(0);
        await page.Keyboard.TypeAsync("moral");
        await Expect(composer.TagChoices).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await Expect(composer.Tags).ToHaveValueAsync("Café society, Moral philosophy, ");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card("Written by keys.").Locator(".tags li")).ToHaveTextAsync(["Café society", "Moral philosophy"]);
    }

    [Fact]
    public async Task Escape_closes_the_choices_and_what_is_typed_stays()
    {
        var (page, composer) = await OpenAsync();
        await composer.Tags.FillAsync("moral");
        await Expect(composer.TagChoices).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(composer.TagChoices).ToHaveCountAsync(0);
        await Expect(composer.Tags).ToHaveValueAsync("moral");
        await Expect(composer.Tags).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(composer.TagChoices).ToHaveCountAsync(1);
        await composer.Body.FocusAsync();
        await Expect(composer.TagChoices).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_tag_that_the_writer_may_not_see_is_not_offered()
    {
        var (_, composer) = await OpenAsync();
        await composer.Tags.FillAsync("diary");
        await Expect(composer.TagChoices).ToHaveTextAsync(["Own diary"]);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task On_a_phone_a_tap_takes_a_tag_and_the_choices_stand_in_the_window(string language)
    {
        var (page, composer) = await OpenAsync(new()
        {
            Locale = language, ViewportSize = Narrow, IsMobile = true, HasTouch = true, DeviceScaleFactor = 2,
        });
        var field = composer.Form.Locator("#tags");
        await field.TapAsync();
        await field.FillAsync("phil");
        await Expect(composer.TagChoices).ToHaveTextAsync(["Moral philosophy"]);
        await Expect(composer.TagChoices).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.InRange((await composer.TagChoices.BoundingBoxAsync())!.Height, 44, 100);
        await composer.TagChoices.TapAsync();
        await Expect(field).ToHaveValueAsync("Moral philosophy, ");
        await Expect(field).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Without_an_answer_it_is_a_plain_field()
    {
        Allow("net::ERR_");
        var (page, composer) = await OpenAsync(prepare: page => page.RouteAsync("**/tags", route => route.AbortAsync()));
        await composer.Body.FillAsync("Tagged by hand.");
        await composer.Tags.FillAsync("by hand");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card("Tagged by hand.").Locator(".tags li")).ToHaveTextAsync(["by hand"]);
    }

    private async Task<(IPage Page, Composer Composer)> OpenAsync(
        BrowserNewContextOptions? options = null, Func<IPage, Task>? prepare = null)
    {
        var said = await Site.SayAsync(
            "Mei", Texts.Walden, Texts.Desperation, "With tags.", "en", "Moral philosophy", "Café society", "學習之樂", "الفَلسفة");
        await KeepPrivatelyAsync("Mei", "Hidden diary");
        await KeepPrivatelyAsync("Ada", "Own diary");
        var page = await VisitAsync("Ada", options);
        if (prepare is not null)
            await prepare(page);
        await page.GotoAsync($"{Texts.SourceOf(said)}?reply={said.PublicId}");
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        return (page, composer);
    }

    private async Task KeepPrivatelyAsync(string name, string tag)
    {
        var said = await Site.SayAsync(name, Texts.Walden, Texts.Desperation, "For myself.", "en", tag);
        await Site.Writer.EditAsync(await Site.MemberAsync(name), said.Id, new(1, "For myself.", "en", [tag], false), Ct);
    }

    private static async Task NoFaultAsync(IPage page) =>
        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"));
}
