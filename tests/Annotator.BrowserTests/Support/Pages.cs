using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests.Support;

/// <summary>What people do on several pages.</summary>
internal static class Pages
{
    /// <summary>The comment that says this.</summary>
    public static ILocator Card(this IPage page, string text) => page.Locator("article.card").Filter(new() { HasText = text });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Link(this ILocator part, string name) => part.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Heading(this IPage page, string name) => page.GetByRole(AriaRole.Heading, new() { Name = name });

    public static ILocator Alert(this IPage page) => page.Locator("main").GetByRole(AriaRole.Alert);

    /// <summary>How many results there are.</summary>
    public static ILocator Total(this IPage page) => page.Locator(".total [role=status]");

    public static ILocator Results(this IPage page) => page.Locator("article.result");

    public static async Task<Composer> ReplyToAsync(this IPage page, string text)
    {
        await page.Card(text).Link("Reply").ClickAsync();
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        return composer;
    }

    public static async Task<Composer> EditAsync(this IPage page, string text)
    {
        await page.Card(text).Link("Edit").ClickAsync();
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        return composer;
    }

    /// <summary>Opens the menu of the reader, which has all of its tools that are not always in view.</summary>
    public static Task ToolsAsync(this IPage page) => page.Locator(".more-tools > summary").ClickAsync();

    public static async Task SearchAsync(this IPage page, string query)
    {
        await page.FillAsync("#find", query);
        await page.PressAsync("#find", "Enter");
        await page.WaitForURLAsync(url => url.EndsWith("/search?q=" + Encoded(query), StringComparison.Ordinal));
    }

    /// <summary>Waits until the page has drawn what its scripts have done until now.</summary>
    public static async Task DrawnAsync(this IPage page) =>
        await page.EvaluateAsync(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))");

    /// <summary>Answers with the status of a page, for those that are refused.</summary>
    public static async Task<int> StatusOfAsync(this IPage page, string path) => (await page.GotoAsync(path))!.Status;

    private static string Encoded(string query) => Uri.EscapeDataString(query).Replace("%20", "+", StringComparison.Ordinal);
}
