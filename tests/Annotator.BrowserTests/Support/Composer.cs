using Microsoft.Playwright;

namespace Annotator.BrowserTests.Support;

/// <summary>The form in which a comment is written, on the English page.</summary>
internal sealed class Composer(IPage page)
{
    public ILocator Form => page.Locator("#composer");
    public ILocator Body => Form.Locator("#body");
    public ILocator Tags => Form.GetByLabel("Tags", new() { Exact = true });
    public ILocator TagChoices => Form.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option);
    public ILocator Language => Form.GetByLabel("Language", new() { Exact = true });
    public ILocator Audience => Form.GetByLabel("Who can see it");
    public ILocator Problem => Form.GetByRole(AriaRole.Alert);
    public ILocator Kept => Form.Locator("[data-saved]");

    public Task SendAsync() => Form.Locator("button[type=submit]").ClickAsync();

    /// <summary>Writes and waits until the comment stands on the page.</summary>
    public async Task<ILocator> PostAsync(string body)
    {
        await Body.FillAsync(body);
        await SendAsync();
        await Assertions.Expect(Form).ToHaveCountAsync(0);
        var card = page.Locator(".card.target");
        await Assertions.Expect(card).ToBeVisibleAsync();
        return card;
    }
}
