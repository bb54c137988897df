using Microsoft.Playwright;

namespace Annotator.BrowserTests.Support;

/// <summary>An input method at work: what it shows is under way until it is committed, and no single key arrives as typed.</summary>
internal sealed class InputMethod(ICDPSession devtools)
{
    // What every key reports while an input method handles it.
    private const int Process = 229;

    public static async Task<InputMethod> OnAsync(IPage page)
    {
        var hands = new InputMethod(await page.Context.NewCDPSessionAsync(page));
        await hands.DoAsync("Network.enable");
        await hands.DoAsync(
            "Network.emulateNetworkConditions", ("offline", false), ("latency", 300), ("downloadThroughput", -1), ("uploadThroughput", -1));
        return hands;
    }

    /// <summary>Writes each word by its reading: letter for letter in composition, Enter to choose, then the word.</summary>
    public async Task WriteAsync(params (string Reading, string Word)[] words)
    {
        foreach (var (reading, word) in words)
        {
            for (var shown = 1; shown <= reading.Length; shown++)
                await ComposeAsync(reading[..shown]);
            await EnterAsync();
            await CommitAsync(word);
        }
    }

    public Task ComposeAsync(string shown) =>
        DoAsync("Input.imeSetComposition", ("text", shown), ("selectionStart", shown.Length), ("selectionEnd", shown.Length));

    public Task CommitAsync(string text) => DoAsync("Input.insertText", ("text", text));

    /// <summary>The key that chooses a candidate. The input method takes it; the page hears of it all the same.</summary>
    public async Task EnterAsync(bool withControl = false)
    {
        foreach (var type in new[] { "rawKeyDown", "keyUp" })
        {
            await DoAsync(
                "Input.dispatchKeyEvent",
                ("type", type), ("key", "Enter"), ("code", "Enter"), (
                    "windowsVirtualKeyCode", Process), ("modifiers", withControl ? 2 : 0));
        }
    }

    private async Task DoAsync(string command, params (string Name, object Value)[] with) =>
        await devtools.SendAsync(command, with.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));
}
