using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class ReaderPhoneTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_commentary_is_a_sheet_under_the_words()
    {
        var page = await OpenAsync();
        var sheet = page.Locator("aside.margin");
        await Expect(sheet).ToBeHiddenAsync();
        await page.Locator(".mark").First.TapAsync();
        await Expect(page.Card("Word by word.")).ToBeInViewportAsync();
        await Expect(page.Card("Three times.")).ToBeHiddenAsync();
        await Expect(page.Locator(".mark").First).ToBeInViewportAsync();
        // The page glides there.
        await page.WaitForFunctionAsync(
            "() => document.querySelector('.mark').getBoundingClientRect().bottom <= document.querySelector('aside.margin').getBoundingClientRect().top");
        var box = (await sheet.BoundingBoxAsync())!;
        Assert.InRange(box.Height, 844 * 0.39, 844 * 0.41);
        await page.GetByLabel("Larger or smaller").TapAsync();
        Assert.InRange((await sheet.BoundingBoxAsync())!.Height, 844 * 0.89, 844 * 0.91);
        await page.GetByLabel("Next passage").TapAsync();
        await Expect(page.Card("Three times.")).ToBeVisibleAsync();
        await page.GetByLabel("Close").TapAsync();
        await Expect(sheet).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_sheet_is_pulled_higher_and_closed()
    {
        var page = await OpenAsync();
        var sheet = page.Locator("aside.margin");
        await page.Locator(".mark").First.TapAsync();
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-sheet", "low");
        await PullAsync(-300);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-sheet", "tall");
        await PullAsync(300);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-sheet", "low");
        await PullAsync(250);
        await Expect(sheet).ToBeHiddenAsync();

        async Task PullAsync(float by)
        {
            var grip = (await page.Locator(".grip").BoundingBoxAsync())!;
            var (x, y) = (grip.X + grip.Width / 2, grip.Y + grip.Height / 2);
            await page.Mouse.MoveAsync(x, y);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(x, y + by, new() { Steps = 6 });
            await page.Mouse.UpAsync();
        }
    }

    [Fact]
    public async Task A_paragraph_is_commented_without_selecting()
    {
        var page = await OpenAsync();
        await page.GetByLabel("Comment on paragraph 3").TapAsync();
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeInViewportAsync();
        await Expect(page.Locator("#text .pending")).ToHaveTextAsync(
            "Time is but the stream I go a-fishing in. I drink at it; but while I drink I see the sandy bottom.");
        await composer.Body.FillAsync("From the tram.");
        await composer.Form.Button("Post").TapAsync();
        await Expect(page.Card("From the tram.")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task What_is_selected_has_its_bar_at_the_lower_edge()
    {
        var page = await OpenAsync();
        await page.EvaluateAsync(
            "() => { const p = document.querySelectorAll('#text p')[1]; getSelection().setBaseAndExtent(p.lastChild, 0, p.lastChild, 11); }");
        var bar = page.GetByRole(AriaRole.Toolbar);
        await Expect(bar).ToBeVisibleAsync();
        var box = (await bar.BoundingBoxAsync())!;
        Assert.InRange(box.Y + box.Height, 840, 844.5);
        var small = await page.Locator(".selected button, .handle button, .para").EvaluateAllAsync<string[]>(
            "all => all.filter(one => one.checkVisibility()).map(one => [one.outerHTML, one.getBoundingClientRect()]).filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)");
        Assert.Empty(small);
        await bar.Button("Highlight").TapAsync();
        await Expect(page.Locator(".mark").Nth(1)).ToHaveTextAsync("Time is but");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task Nothing_has_to_be_scrolled_sideways(string language)
    {
        var page = await OpenAsync(language);
        var menus = page.Locator(".tools .menu");
        await Expect(menus).ToHaveCountAsync(2);
        foreach (var menu in await menus.AllAsync())
        {
            await menu.Locator("summary").TapAsync();
            await Expect(menu.Locator(".sheet")).ToBeVisibleAsync();
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, 390);
            await page.Keyboard.PressAsync("Escape");
        }

        await page.Locator(".mark").First.TapAsync();
        await Expect(page.Card("Word by word.")).ToBeInViewportAsync();
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, 390);
    }

    private async Task<IPage> OpenAsync(string language = "en")
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en", "style");
        await Site.RemarkAsync("Mei", text, "Simplicity", "Three times.", "en");
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
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        return page;
    }
}
