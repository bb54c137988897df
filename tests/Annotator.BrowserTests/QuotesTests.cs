using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>A source without a text is read with the means of the reader: filters, orders, colours, modes and keys.</summary>
public sealed class QuotesTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private static readonly BrowserNewContextOptions Desktop = new() { ViewportSize = new() { Width = 1200, Height = 800 } };

    [Fact]
    public async Task Passages_are_filtered_sorted_and_coloured()
    {
        var path = await PondAsync("Sorted");
        var page = await VisitAsync("Ada", Desktop);
        await page.GotoAsync(path);
        await page.ToolsAsync();
        await page.GetByLabel("Colours").SelectOptionAsync("person");
        await Expect(page.Locator("[data-legend] li")).ToHaveTextAsync(["Mei", "Ada"]);
        await Expect(page.Locator("#places .passage").First).ToHaveAttributeAsync("data-colour", "2");
        await page.Locator(".tools").Button("List").ClickAsync();
        await page.Locator("#only-person").SelectOptionAsync("Mei");
        await Expect(Shown(page)).ToHaveCountAsync(2);
        await page.Locator("#only-person").SelectOptionAsync("All");
        await page.Locator("#only-language").SelectOptionAsync("German");
        await Expect(Shown(page)).ToContainTextAsync(["The third quote."]);
        await page.Locator("#only-tag").SelectOptionAsync("trees");
        await Expect(Shown(page)).ToHaveCountAsync(0);
        await Expect(page.GetByText("No passage fits what is chosen above.")).ToBeVisibleAsync();
        await page.Locator("#only-language").SelectOptionAsync("All");
        await Expect(Shown(page)).ToContainTextAsync(["The first quote."]);
        await page.Locator("#only-tag").SelectOptionAsync("All");
        await page.GetByLabel("Order").SelectOptionAsync("Newest first");
        await Expect(Shown(page)).ToContainTextAsync(["The third quote.", "The second quote.", "The first quote."]);
        await page.GetByLabel("Order").SelectOptionAsync("Most discussed");
        await Expect(Shown(page).First).ToContainTextAsync("The second quote.");
        await page.Locator(".tools").Button("List").ClickAsync();
        await Expect(Shown(page)).ToContainTextAsync(["The first quote.", "The second quote.", "The third quote."]);
        await page.ToolsAsync();
        await page.GetByLabel("Comments shown").SelectOptionAsync("Mine and replies to me");
        await Expect(Shown(page)).ToContainTextAsync(["The first quote."]);
        // A link leads also to what is not shown.
        var last = page.Locator("#places .passage").Last;
        await page.GotoAsync($"{path}#{await last.GetAttributeAsync("id")}");
        await Expect(last).ToBeInViewportAsync();
        await Expect(last).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_lead_through_the_passages()
    {
        var path = await PondAsync("Walked");
        var page = await VisitAsync("Ada", Desktop);
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => document.querySelector('.quotes .quote[tabindex]')");
        var quotes = page.Locator("#places .quote");
        await page.Keyboard.PressAsync("j");
        await Expect(quotes.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(quotes.Nth(1)).ToBeFocusedAsync();
        await Expect(page.Locator("#places .passage").Nth(1)).ToContainClassAsync("is-focused");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card("On the second.")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(new Composer(page).Body).ToBeFocusedAsync();
        await new Composer(page).PostAsync("Answered by keys.");
        await Expect(page.Card("Answered by keys.")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(quotes.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(quotes.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(new Composer(page).Body).ToBeFocusedAsync();
        await page.Link("Cancel").ClickAsync();
        await Expect(new Composer(page).Form).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("\\");
        await Expect(page.Card("On the first.")).ToBeHiddenAsync();
        await Expect(quotes.Nth(0)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("\\");
        await Expect(page.Card("On the first.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("m");
        await Expect(page.GetByLabel("Order")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Next or previous annotated passage");
        await Expect(page.GetByRole(AriaRole.Dialog)).Not.ToContainTextAsync("Select the sentence");
    }

    [Fact]
    public async Task A_long_thread_and_a_long_comment_are_folded()
    {
        var source = Source("Folded");
        var said = await Site.SayAsync("Mei", source, "Much is said of it.", "The root of many answers.", "en");
        for (var i = 1; i <= 6; i++)
            await Site.AnswerAsync("Ada", said, $"Answer number {i}.", "en");
        await Site.SayAsync(
            "Mei", source, "Of this, too.", $"A long one. {string.Join(' ', Enumerable.Repeat("It goes on and on.", 150))} The end.", "en");
        var page = await VisitAsync("Noor", Desktop);
        await page.AddInitScriptAsync("document.addEventListener('annotator:listening', () => { globalThis.listening = 1; })");
        await page.GotoAsync(Texts.SourceOf(said));
        await page.WaitForFunctionAsync("() => globalThis.listening > 0");
        await Expect(page.Card("Answer number 3.")).ToBeVisibleAsync();
        await Expect(page.Card("Answer number 4.")).ToBeHiddenAsync();
        // What comes to them is counted, and what was opened stays open.
        await Site.AnswerAsync("Ada", said, "Answer number 7.", "en");
        await Expect(page.GetByText("4 more replies")).ToBeVisibleAsync();
        await page.GetByText("4 more replies").ClickAsync();
        await Expect(page.Card("Answer number 7.")).ToBeVisibleAsync();
        await Site.AnswerAsync("Ada", said, "Answer number 8.", "en");
        await Expect(page.Card("Answer number 8.")).ToBeVisibleAsync();
        var reply = await page.ReplyToAsync("Answer number 6.");
        await Expect(page.Card("Answer number 6.").First).ToBeVisibleAsync();
        await reply.PostAsync("To the sixth.");
        await Expect(page.Card("To the sixth.")).ToBeInViewportAsync();

        var prose = page.Card("A long one.").Locator(".prose");
        var folded = (await prose.BoundingBoxAsync())!.Height;
        await page.GetByText("Show all of it").ClickAsync();
        Assert.InRange((await prose.BoundingBoxAsync())!.Height, 1.5 * folded, double.MaxValue);
        await page.GetByText("Show less").ClickAsync();
        Assert.InRange((await prose.BoundingBoxAsync())!.Height, folded - 1, folded + 1);
    }

    [Fact]
    public async Task Its_text_is_offered_where_the_address_is_known()
    {
        var known = await Site.SayAsync("Mei", Source("Known"), "Words of a page.", "They are good.", "en");
        var page = await VisitAsync("Ada", Desktop);
        await page.GotoAsync(Texts.SourceOf(known));
        await Expect(page.GetByText("Only the quoted passages are here")).ToBeVisibleAsync();
        await page.Link("Add its text").ClickAsync();
        await Expect(page.Heading("Add its text")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Address of a page")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(
            "^https://texts.example/Known", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

        var book = await Site.SayAsync("Mei", new Citation(null, "A book on a shelf", null, "en"), "Words of a book.", "Good, too.", "en");
        await page.GotoAsync(Texts.SourceOf(book));
        await Expect(page.Card("Good, too.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Only the quoted passages are here")).ToHaveCountAsync(0);
        await Expect(page.Link("Add its text")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("en", 1200)]
    [InlineData("ar", 390)]
    [InlineData("zh-CN", 390)]
    public async Task Axe_finds_no_fault_in_the_list_and_nothing_reaches_out_of_the_window(string language, int width)
    {
        var path = await PondAsync($"Checked {language}");
        var page = await VisitAsync("Ada", new() { Locale = language, ViewportSize = new() { Width = width, Height = 844 } });
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => document.querySelector('.quotes .quote[tabindex]')");
        await page.Locator("[data-do='mode:list']").ClickAsync();
        await page.ToolsAsync();
        await page.Locator("#colour").SelectOptionAsync("person");
        await Expect(page.Locator("#only-sort")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-legend] .legend")).ToBeVisibleAsync();
        var found = await page.Locator("#main").RunAxe();
        var faults = found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Help} {n.Html}")).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    }

    private static ILocator Shown(IPage page) => page.Locator("#places > .passage:visible");

    private static Citation Source(string title) => new($"https://texts.example/{title}-{Guid.CreateVersion7():N}", title, null, "en");

    /// <summary>A source with three passages: Ada on the first, Mei on the others, with a reply to the second.</summary>
    private async Task<string> PondAsync(string title)
    {
        var source = Source(title);
        var first = await SayAsync("Ada", "The first quote.", 100, "On the first.", "en", "trees");
        var second = await SayAsync("Mei", "The second quote.", 200, "On the second.", "en");
        await Site.AnswerAsync("Noor", second, "An answer to it.", "en");
        await SayAsync("Mei", "The third quote.", 300, "Zum dritten etwas.", "de");
        return Texts.SourceOf(first);

        async Task<AnnotationView> SayAsync(string name, string quote, int start, string body, string language, params string[] tags) =>
            await Site.Writer.CreateAsync(
                await Site.MemberAsync(name),
                new AnnotationDraft
                {
                    Id = Guid.CreateVersion7(),
                    Source = source,
                    Quote = new Quote(quote, Start: start),
                    Body = body,
                    Language = language,
                    Tags = tags,
                },
                Ct);
    }
}
