using Annotator.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class DemoTests(DemoSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<DemoSite>
{
    [Fact]
    public async Task The_administrator_removes_the_demo_library_with_one_click()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/sign-up");
        await Expect(page.GetByText("for you to explore")).ToHaveCountAsync(0);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mei");
        await page.GetByLabel("E-mail").FillAsync("mei@reading.example");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign up").ClickAsync();
        await Expect(page.Locator(".sources > li")).ToHaveCountAsync(14);
        await page.Locator("main").Button("Remove the demo library").ClickAsync();
        await Expect(page.GetByText("There is nothing here yet")).ToBeVisibleAsync();
        Assert.Equal(0, await Site.CountAsync());
    }
}
