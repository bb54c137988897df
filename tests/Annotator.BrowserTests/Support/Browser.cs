using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Annotator.BrowserTests.Support.Browser))]

namespace Annotator.BrowserTests.Support;

/// <summary>One Chromium for the whole run; every visitor has a profile of their own in it.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Generous, in milliseconds: a loaded machine is slow, not wrong.</summary>
    public const float StatementTimeout = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(StatementTimeout);
        _chromium = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = await Chromium.FindAsync(_playwright),
            // Chromium refuses its sandbox to root, and many containers to everybody; these pages are our own.
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
            Timeout = 4 * StatementTimeout,
        });
    }

    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        var context = await _chromium!.NewContextAsync(options);
        context.SetDefaultTimeout(StatementTimeout);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        _playwright?.Dispose();
    }
}
