using System.Text;
using Annotator.BrowserTests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class ImportTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const string Feed = "Simplify, simplify.\n两个词就够了。\n\nإنما الأعمال بالنيات\nDeeds are by intentions.\n";

    // Records without an id are known by their content: each test needs its own, as a file again stores nothing.
    private static string Record(string name, string author) =>
        $$"""{"uri":"https://texts.example/{{name}}","title":"{{name}}","quote":"one","lang_source":"en","text":"Of somebody else.","lang_text":"en","user":"{{author}}"}""";

    private static string Broken(string name) => $$"""
        {{Record(name, "hugo")}}
        {"uri":
        {"quote":"of nothing","text":"no source","lang_text":"en","user":"hugo"}
        """;

    [Fact]
    public async Task Pasted_text_is_shown_before_it_is_stored()
    {
        var page = await OpenAsync("Ada");
        var before = await Site.CountAsync();
        await page.GetByLabel("or pasted text").FillAsync(Feed);
        await WritingState(page).Button("Preview").ClickAsync();
        var found = page.Locator(".found");
        await Expect(page.Heading("Preview")).ToBeFocusedAsync();
        await Expect(found).ToContainTextAsync("Passages with a comment: 2. Without: 0.");
        await Expect(found.Locator("blockquote")).ToHaveTextAsync(["Simplify, simplify.", "إنما الأعمال بالنيات"]);
        await Expect(found.Locator("blockquote").Last).ToHaveCSSAsync("direction", "rtl");
        await Expect(found.Locator(".number [aria-hidden]")).ToHaveTextAsync(["1", "2", "4", "5"]);
        Assert.Equal(before, await Site.CountAsync());

        await WritingState(page).Button("Import").ClickAsync();
        await Expect(page.Alert()).ToHaveTextAsync("Say where the text is from: give the title or the address of the source.");
        await page.GetByLabel("Title of the source").FillAsync("Two sentences");
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(Done(page)).ToContainTextAsync("Done: 2 stored, 0 were there already, 0 refused.");
        await page.Link("See the library").ClickAsync();
        await page.Link("Two sentences").ClickAsync();
        await Expect(page.Card("两个词就够了。")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_paste_longer_than_a_message_of_the_circuit_arrives()
    {
        var page = await OpenAsync("Ada");
        await page.GetByLabel("or pasted text").FillAsync(Pairs(500));
        await page.GetByLabel("Address of the source").FillAsync("https://texts.example/long");
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(Done(page)).ToContainTextAsync("Done: 500 stored");
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(Done(page)).ToContainTextAsync("Done: 0 stored, 500 were there already");
    }

    [Fact]
    public async Task Refused_records_are_named_and_the_others_stored()
    {
        var page = await OpenAsync("Ada");
        await SendAsync(page, "broken.jsonl", Broken("refused"));
        await WritingState(page).Button("Preview").ClickAsync();
        await Expect(page.Locator(".found")).ToContainTextAsync("Can be imported: 1. Cannot: 2.");
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(Done(page)).ToContainTextAsync("Done: 1 stored, 0 were there already, 2 refused.");
        await Expect(page.GetByRole(AriaRole.Table).Locator("tbody td:first-child")).ToHaveTextAsync(["2", "3"]);
        await WritingState(page).Button("Remove the file").ClickAsync();
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(page.Alert()).ToHaveTextAsync("Choose a file or paste some text first.");
    }

    [Fact]
    public async Task Only_administrators_keep_the_authors_of_a_file()
    {
        var page = await OpenAsync("Ada");
        await Expect(page.GetByLabel("Keep the authors")).ToHaveCountAsync(0);
        await SendAsync(page, "mine.jsonl", Record("Mine", "clara"));
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(Done(page)).ToContainTextAsync("Done: 1 stored");

        var keeper = await OpenAsKeeperAsync();
        await keeper.GetByLabel("Keep the authors").CheckAsync();
        await SendAsync(keeper, "theirs.jsonl", Record("Theirs", "clara"));
        await WritingState(keeper).Button("Import").ClickAsync();
        await Expect(Done(keeper)).ToContainTextAsync("Done: 1 stored");
        foreach (var (source, author) in new[] { ("Mine", "Ada"), ("Theirs", "clara") })
        {
            await keeper.GotoAsync("/");
            await keeper.Link(source).ClickAsync();
            await Expect(keeper.Card("Of somebody else.").Locator(".author")).ToHaveTextAsync(author);
        }
    }

    [Fact]
    public async Task An_import_can_be_stopped_and_taken_up_again()
    {
        const int pairs = 12_000;
        var page = await OpenAsync("Ada");
        var before = await Site.CountAsync();
        await SendAsync(page, "many.txt", Pairs(pairs));
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await WritingState(page).Button("Stop").ClickAsync();
        await Expect(Done(page)).ToHaveTextAsync("Stopped. What was stored so far stays.");
        var stored = await Site.CountAsync() - before;
        Assert.InRange(stored, 0, pairs - 1);
        await WritingState(page).Button("Import").ClickAsync();
        await Expect(Done(page)).ToContainTextAsync(
            $"Done: {pairs - stored:N0} stored, {stored:N0} were there already", new() { Timeout = 4 * Browser.StatementTimeout });
    }

    [Fact]
    public async Task The_island_works_however_the_page_is_reached()
    {
        // MudBlazor says nothing when its script is missing; its fields and menus only stop working.
        const string script = "typeof mudPopover === 'object'";
        var page = await VisitAsync("Ada");
        await page.GotoAsync("/settings");
        // A link of the kind that Blazor follows without loading the page anew.
        await page.EvaluateAsync("document.querySelector('main').insertAdjacentHTML('beforeend', '<a href=\"/import\">To the import</a>')");
        await page.Link("To the import").ClickAsync();
        await ReadyAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(script));
        await page.Locator("a.brand").ClickAsync();
        await Expect(page.Heading("Library")).ToBeFocusedAsync();
        await Expect(page.Locator("link[href*=MudBlazor]")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await ReadyAsync(page);
        Assert.True(await page.EvaluateAsync<bool>(script));
        await page.GetByLabel("Title of the source").FillAsync("Typed");
        await WritingState(page).Button("Preview").ClickAsync();
        await Expect(page.Alert()).ToHaveTextAsync("Choose a file or paste some text first.");
    }

    [Theory]
    [InlineData(ColorScheme.Light, "en")]
    [InlineData(ColorScheme.Dark, "en")]
    [InlineData(ColorScheme.Light, "ar")]
    [InlineData(ColorScheme.Dark, "ar")]
    public async Task Axe_finds_no_fault_at_any_step(ColorScheme scheme, string language)
    {
        var page =
            await OpenAsKeeperAsync(new() { ColorScheme = scheme, Locale = language, ViewportSize = new() { Width = 390, Height = 844 } });
        await NoFaultAsync(page);
        await SendAsync(page, "broken.jsonl", Broken($"axe-{scheme}-{language}"));
        await page.Locator(".row.end button").First.ClickAsync();
        await Expect(page.Locator(".found")).ToBeVisibleAsync();
        await NoFaultAsync(page);
        await page.Locator(".row.end button").Last.ClickAsync();
        await Expect(Done(page)).ToBeVisibleAsync();
        await NoFaultAsync(page);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }

    private static ILocator WritingState(IPage page) => page.Locator("main");

    private static ILocator Done(IPage page) => page.Locator("main [role=status] .mud-alert");

    private static string Pairs(int count) =>
        string.Concat(
            Enumerable.Range(1, count).Select(i => $"The passage that has the number {i} of {count}.\n这是关于第 {i} 段的评论，共 {count} 段。\n"));

    private async Task<IPage> OpenAsync(string name, BrowserNewContextOptions? options = null)
    {
        var page = await VisitAsync(name, options);
        await page.GotoAsync("/import");
        await ReadyAsync(page);
        return page;
    }

    private async Task<IPage> OpenAsKeeperAsync(BrowserNewContextOptions? options = null)
    {
        await Site.MemberAsync("Ada");
        var page = await VisitAsync(options: options);
        await page.GotoAsync("/sign-in?back=%2Fimport");
        await page.FillAsync("#name", "Keeper");
        await page.FillAsync("#password", Site.Password);
        await page.ClickAsync("main button[type=submit]");
        await ReadyAsync(page);
        return page;
    }

    // The fields are closed until the circuit is there.
    private static Task ReadyAsync(IPage page) => Expect(page.Locator("input[type=file]")).ToBeEnabledAsync();

    private static async Task SendAsync(IPage page, string name, string text)
    {
        await page.Locator("input[type=file]")
            .SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) });
        await Expect(page.Locator(".name")).ToHaveTextAsync(name);
        await ReadyAsync(page);
    }

    private static async Task NoFaultAsync(IPage page)
    {
        var faults =
            (await page.RunAxe()).Violations.SelectMany(v =>
                v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}\n  {n.Any.FirstOrDefault()?.Message}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }
}
