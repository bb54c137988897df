using Annotator.BrowserTests.Support;
using Annotator.Domain.Kernel;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>A text is read, marked and answered without a mouse.</summary>
public sealed class ReaderKeysTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const string Selected = "getSelection().toString()";

    [Fact]
    public async Task From_a_paragraph_to_a_highlight_and_on()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await ReadAsync("Ada", text);
        await EnterAsync(page, "The pond");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#text p").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        Assert.Equal("I went to", await page.EvaluateAsync<string>(Selected));
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator("#text .mark")).ToHaveTextAsync("I went");
        await Expect(page.Locator("#text .mark")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#text p").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator("#text .mark")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_sentence_is_commented_and_answered_and_Escape_goes_back_the_same_way()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await ReadAsync("Ada", text);
        await EnterAsync(page, "The pond");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("s");
        Assert.Equal("I wished to front only the essential facts of life.", await page.EvaluateAsync<string>(Selected));
        await page.Keyboard.PressAsync("a");
        var composer = new Composer(page);
        await Expect(composer.Body).ToBeFocusedAsync();
        await Expect(page.Locator("#text .pending")).ToHaveTextAsync("I wished to front only the essential facts of life.");
        await page.Keyboard.TypeAsync("Which are they? Hat jemand gezählt?");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Card("Which are they?")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#text .mark").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card("Which are they?")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(composer.Body).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Card("Which are they?")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Every_layout_has_the_letters_where_they_are()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en");
        await Site.RemarkAsync("Mei", text, "Simplicity", "Three times.", "en");
        var page = await ReadAsync("Ada", text);
        // What a Russian keyboard sends for the keys j and k.
        await SendAsync(page, "о", "KeyJ");
        await Expect(page.Locator("#text .mark").First).ToBeFocusedAsync();
        await SendAsync(page, "о", "KeyJ");
        await Expect(page.Locator("#text .mark").Last).ToBeFocusedAsync();
        await SendAsync(page, "л", "KeyK");
        await Expect(page.Locator("#text .mark").First).ToBeFocusedAsync();
        await SendAsync(page, "ь", "KeyM");
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-mode", "list");
    }

    [Fact]
    public async Task Words_of_languages_without_spaces_are_walked_through()
    {
        var text = await Site.AddTextAsync("Ada", "吾輩は猫である", "ja", ReaderTexts.Cat);
        var page = await ReadAsync("Ada", text);
        await EnterAsync(page, "一");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator("#places .quote mark")).ToHaveTextAsync("吾輩は猫");
    }

    [Fact]
    public async Task From_right_to_left_the_arrows_go_where_they_point()
    {
        var text = await Site.AddTextAsync("Ada", "مقدمة", "ar", "<h2>باب</h2>\n<p>إن فن التاريخ من الفنون</p>\n");
        var page = await ReadAsync("Ada", text);
        await EnterAsync(page, "باب");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        Assert.Equal("إن فن", await page.EvaluateAsync<string>(Selected));
    }

    [Fact]
    public async Task In_vertical_text_the_arrows_go_along_the_lines()
    {
        var text = await Site.AddTextAsync("Ada", "吾輩は猫である", "ja", ReaderTexts.Cat);
        var page = await ReadAsync("Ada", text, $"3.2.2..1.{PublicId.Of(text.Source)}.1");
        await EnterAsync(page, "一");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("#text p").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("#text p").Last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#text p").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowUp");
        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator("#places .quote mark")).ToHaveTextAsync("吾輩は");
    }

    [Fact]
    public async Task Single_letters_can_be_switched_off()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en");
        var page = await ReadAsync("Ada", text);
        await page.Locator(".appearance summary").ClickAsync();
        await page.GetByLabel("Turn off single-letter shortcuts").CheckAsync();
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-keys", "off");
        await EnterAsync(page, "The pond");
        foreach (var key in new[] { "m", "\\", "?", "h" })
            await page.Keyboard.PressAsync(key);
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-mode", "aligned");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator("#text .mark")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#text p").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_key_that_is_pressed_twice_makes_one_highlight()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        var page = await ReadAsync("Ada", text);
        await EnterAsync(page, "The pond");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.EvaluateAsync("""
            () => {
              // The selection is taken away by the first.
              const chosen = () => getSelection().selectAllChildren(document.activeElement);
              for (let i = 0; i < 3; i++) { chosen(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'h', code: 'KeyH', bubbles: true, cancelable: true })); }
            }
            """);
        await Expect(page.Locator("#text .mark")).ToHaveCountAsync(1);
        await Expect(page.Locator("#places .place")).ToHaveCountAsync(1);
        Assert.Equal(1, await Site.CountAsync(text.Source));
    }

    [Fact]
    public async Task The_whole_book_is_too_much_for_a_passage()
    {
        var text = await Site.AddTextAsync("Ada", "A long book", "en", string.Concat(Enumerable.Repeat(ReaderTexts.Pond, 150)));
        Assert.InRange(text.Words.Length, Limits.Quote + 1, 100_000);
        var page = await ReadAsync("Ada", text);
        await page.EvaluateAsync("getSelection().selectAllChildren(document.getElementById('text'))");
        foreach (var key in new[] { "h", "a" })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator(".toast")).ToContainTextAsync("at most 32,768 characters");
        }

        // Whoever asks the server itself hears the same.
        IsAnswered(400);
        await page.GotoAsync($"{text.Path}?quote=0-{text.Words.Length}");
        await Expect(page.Locator(".error")).ToContainTextAsync("The passage is too long: at most 32,768 characters.");
        await page.GotoAsync(text.Path);
        await page.EvaluateAsync("""
            words => {
              const form = document.getElementById('selection');
              for (const [name, value] of Object.entries({ Start: 0, End: words.length, Exact: words })) form.elements[name].value = value;
              form.submit();
            }
            """, text.Words[..40_000].TrimEnd());
        await Expect(page.Locator(".error")).ToContainTextAsync("at most 32,768 characters");
        Assert.Equal(0, await Site.CountAsync(text.Source));
    }

    [Fact]
    public async Task The_sheet_of_keys_is_searched_and_the_text_stands_alone()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en");
        var page = await ReadAsync("Ada", text);
        await page.Keyboard.PressAsync("?");
        var rows = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Listitem);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveAccessibleNameAsync("Shortcuts");
        await page.Keyboard.TypeAsync("sentence");
        await Expect(rows).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("\\");
        await Expect(page.GetByText("Word by word.")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("\\");
        await Expect(page.GetByText("Word by word.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_is_no_key_of_the_page()
    {
        var text = await Site.AddTextAsync("Ada", "Walden", "en", ReaderTexts.Pond);
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en");
        var page = await ReadAsync("Ada", text);
        await page.FocusAsync("#find");
        await page.Keyboard.TypeAsync("jam?\\");
        await Expect(page.Locator("#find")).ToHaveValueAsync("jam?\\");
        await Expect(page.Locator(".reader")).ToHaveAttributeAsync("data-mode", "aligned");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private async Task<IPage> ReadAsync(string name, ReaderTexts.Text text, string? look = null)
    {
        var page = await VisitAsync(name, new() { ViewportSize = new() { Width = 1300, Height = 800 } });
        if (look is not null)
            await page.Context.AddCookiesAsync([new() { Name = "annotator-reading", Value = look, Url = Site.Address }]);
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        await Expect(page.Locator("#text :is(p, h2)[tabindex='0']")).ToHaveCountAsync(1);
        return page;
    }

    /// <summary>By the Tab key to the one paragraph that is a stop.</summary>
    private static async Task EnterAsync(IPage page, string first)
    {
        var stop = page.Locator("#text h2").Filter(new() { HasText = first });
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await stop.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        Assert.Fail("40 presses of Tab do not reach the text");
    }

    private static Task<System.Text.Json.JsonElement?> SendAsync(IPage page, string key, string code) => page.EvaluateAsync(
        "([key, code]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))", new[] { key, code });
}
