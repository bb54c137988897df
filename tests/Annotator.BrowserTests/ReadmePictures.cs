using Annotator.BrowserTests.Support;
using Microsoft.Playwright;

namespace Annotator.BrowserTests;

/// <summary>
/// Takes the picture of the README again:
/// <c>dotnet run --project tests/Annotator.BrowserTests -- -explicit only -class "*ReadmePictures"</c>.
/// </summary>
public sealed class ReadmePictures(DemoSite site, Browser browser) : BrowserTest(site, browser), IClassFixture<DemoSite>
{
    [Fact(Explicit = true)]
    public async Task A_source_with_its_commentary()
    {
        var page = await VisitAsync(options: new() { ViewportSize = new() { Width = 1280, Height = 960 } });
        await page.GotoAsync("/");
        await page.Locator(".sources").Link("Design note 7: how long is a comment?").ClickAsync();
        await page.Locator("#places[data-laid]").WaitForAsync();
        await page.Locator("#text .mark").Nth(1).ClickAsync();
        await page.Locator(".place.is-focused").WaitForAsync();
        await page.EvaluateAsync(
            "() => new Promise(done => setTimeout(() => { scrollTo({ top: 0, behavior: 'instant' }); setTimeout(done, 300); }, 700))");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Root(), "docs", "source.png") });
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Annotator.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Annotator.sln");
        return folder.FullName;
    }
}
