using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Annotator.BrowserTests.Support;

/// <summary>
/// A test in the browser. When it ends, no page that it visited may have written an error to the console (a refused script or
/// style is one) and the program may not have logged any.
/// </summary>
public abstract class BrowserTest(Site site, Browser browser) : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<(string Address, string Name), Task<string>> SignedIn = [];

    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly List<string> _allowed = [];
    private readonly List<string> _awaited = [];

    protected Site Site => site;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        Assert.All(_awaited, part => Assert.Contains(_errors, error => error.Contains(part, StringComparison.Ordinal)));
        NoneIn(_errors.Where(error => !_allowed.Exists(part => error.Contains(part, StringComparison.Ordinal))));
        NoneIn(site.TakeErrors());
        GC.SuppressFinalize(this);
    }

    /// <summary>A page of somebody with a browser of their own; signed in when they have a name.</summary>
    protected async Task<IPage> VisitAsync(string? name = null, BrowserNewContextOptions? options = null)
    {
        options = new(options ?? new()) { BaseURL = site.Address, StorageState = name is null ? null : await StateOfAsync(name) };
        var context = await browser.NewContextAsync(options);
        _contexts.Add(context);
        context.Console += (_, message) =>
        {
            if (string.Equals(message.Type, "error", StringComparison.Ordinal))
                _errors.Enqueue($"{message.Page?.Url}: {message.Text}");
        };
        context.WebError += (_, error) => _errors.Enqueue($"{error.Page?.Url}: {error.Error}");
        return await context.NewPageAsync();
    }

    /// <summary>Ada's page with the form of an answer to a comment of hers.</summary>
    /// <param name="body">The comment.</param>
    private protected async Task<(IPage Page, Composer Composer)> ReplyingAsync(string body)
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, body, "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        return (page, await page.ReplyToAsync(body));
    }

    /// <summary>An error on the console that belongs to the test, by a part of it. The browser reports every refused page there.</summary>
    protected void Allow(string part) => _allowed.Add(part);

    /// <summary>The program must answer something in this test with this status, which the browser reports on the console.</summary>
    protected void IsAnswered(int status)
    {
        _awaited.Add($"status of {status}");
        Allow(_awaited[^1]);
    }

    // As a message, which the report does not cut short.
    private static void NoneIn(IEnumerable<string> errors)
    {
        if (string.Join('\n', errors) is { Length: > 0 } all)
            Assert.Fail(all);
    }

    private async Task<string> StateOfAsync(string name)
    {
        await site.MemberAsync(name);
        return await SignedIn.GetOrAdd((site.Address, name), _ => SignInAsync(name));
    }

    private async Task<string> SignInAsync(string name)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = site.Address });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", Site.Password);
        await page.ClickAsync("main button[type=submit]");
        await Assertions.Expect(page.Locator(".bar .menu")).ToBeVisibleAsync();
        return await context.StorageStateAsync();
    }
}
