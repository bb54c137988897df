using Annotator.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class SavedSearchTests(SearchTests.Said site, Browser browser) : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Theory]
    [InlineData("Ada", true)]
    [InlineData("Mei", false)]
    public async Task A_search_is_saved_made_again_and_forgotten(string name, bool withScript)
    {
        var page = await VisitAsync(name, new() { JavaScriptEnabled = withScript });
        await page.GotoAsync("/search");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Searches that you save are listed here.");
        await page.GotoAsync("/search?q=tag%3Aethics+joy");
        await page.GetByLabel("Name of this search").FillAsync("Joy in ethics");
        await page.Locator(".saved").Button("Save this search").ClickAsync();
        await Expect(page.Locator(".saved [role=status]")).ToHaveTextAsync("The search has been saved.");
        await Expect(page.Locator(".saved [aria-current]")).ToHaveTextAsync("Joy in ethics");
        await Expect(page.Locator("#find")).ToHaveValueAsync("tag:ethics joy");

        await page.GotoAsync("/search?q=other");
        await page.Link("Joy in ethics").ClickAsync();
        await Expect(page.Locator("#find")).ToHaveValueAsync("tag:ethics joy");
        await page.GotoAsync("/search");
        await page.Locator(".saved").Button("Remove the search Joy in ethics").ClickAsync();
        await Expect(page.Locator(".saved [role=status]")).ToHaveTextAsync("The search has been removed.");
        await Expect(page.Link("Joy in ethics")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(page.Link("Joy in ethics")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused_where_it_was_typed_on_a_phone_too()
    {
        IsAnswered(400);
        var page = await VisitAsync("Noor", new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await page.GotoAsync("/search?q=ethics");
        await page.Locator(".folded summary").ClickAsync();
        var box = page.GetByLabel("Name of this search");
        await box.EvaluateAsync("box => box.removeAttribute('maxlength')");
        await box.FillAsync(new string('n', 3_000));
        await page.Locator(".saved").Button("Save this search").ClickAsync();
        await Expect(page.Alert()).ToContainTextAsync("The name is too long");
        await Expect(box).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Results()).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_visitor_is_offered_nothing_to_save()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/search?q=ethics");
        await Expect(page.Results()).ToHaveCountAsync(2);
        await Expect(page.Locator(".saved")).ToHaveCountAsync(0);
    }
}
