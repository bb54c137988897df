using Annotator.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Who comes to an empty program can read at once, with commentary in the margin.</summary>
public sealed class DemoReadingTests(DemoSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<DemoSite>
{
    [Theory]
    [InlineData("上山收茶的第三天", 4)]
    [InlineData("存在しなかった島の海図", 4)]
    [InlineData("رسالة إلى من سيحمل دفتر الماء", 4)]
    [InlineData("Design note 7: how long is a comment?", 6)]
    public async Task Every_passage_of_a_demo_text_stands_beside_its_words(string title, int passages)
    {
        var page = await VisitAsync();
        await page.GotoAsync("/");
        await page.Locator(".sources").Link(title).ClickAsync();
        await Expect(page.Locator("#places > .place")).ToHaveCountAsync(passages);
        await Expect(page.Locator(".tray")).ToHaveCountAsync(0);
        await Expect(page.Locator("#places > .place.moved")).ToHaveCountAsync(0);
    }
}
