using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What stands above a text: little of it, and in the middle of the text all of its tools are one tap away.</summary>
public sealed class ReaderHeadTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    private const string Long = "On the duty of civil disobedience, and other essays that were written in the woods beside a pond";

    // Height of the bars that lie over the text, in pixels from the top of the window.
    private const string Covered =
        "() => Math.max(0, ...['body > .bar', '.reader > .bar'].map(bar => document.querySelector(bar).getBoundingClientRect().bottom))";

    [Theory]
    [InlineData("en", "Ada")]
    [InlineData("en", null)]
    [InlineData("ar", "Ada")]
    [InlineData("ar", null)]
    [InlineData("zh-CN", "Ada")]
    public async Task On_a_phone_the_text_begins_in_the_first_quarter(string language, string? reader)
    {
        var page = await OpenAsync(Long, language, reader, true);
        Assert.InRange(await BeginningAsync(), 40, 200);
        // Comments on the whole source wait in a line above it.
        var note = new AnnotationDraft
        {
            Id = Guid.CreateVersion7(),
            SourceId = PublicId.Parse(page.Url.Split('/')[^1], "source"),
            Body = "On all of it.",
            Language = "en",
        };
        await Site.Writer.CreateAsync(await Site.MemberAsync("Mei"), note, TestContext.Current.CancellationToken);
        await page.ReloadAsync();
        await Expect(page.Locator("#page-notes")).ToBeVisibleAsync();
        Assert.InRange(await BeginningAsync(), 40, 200);
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 0, 390);

        async Task<float> BeginningAsync()
        {
            var first = await page.EvaluateAsync<float>("document.querySelector('#text > *').getClientRects()[0].top");
            TestContext.Current.SendDiagnosticMessage($"First line at {first} px: {language}, {reader}");
            return first;
        }
    }

    [Theory]
    [InlineData(true, "en")]
    [InlineData(true, "ar")]
    [InlineData(false, "en")]
    public async Task In_the_middle_of_a_text_its_tools_are_one_tap_away(bool isPhone, string language)
    {
        var page = await OpenAsync(Long, language, "Ada", isPhone);
        await page.EvaluateAsync("document.querySelectorAll('#text p')[30].scrollIntoView({ block: 'start', behavior: 'instant' })");
        foreach (var tool in new[] { "[data-do='mode:list']", "[data-do='mode:clean']", ".appearance > summary", ".more-tools > summary" })
        {
            var box = (await page.Locator($".reader > .bar {tool}").BoundingBoxAsync())!;
            Assert.InRange(box.Y, 0, 120);
            Assert.InRange(box.X, 0, (isPhone ? 390 : 1280) - box.Width);
            Assert.True(!isPhone || box is { Width: >= 44, Height: >= 44 }, $"{tool} measures {box.Width} × {box.Height}");
        }

        if (isPhone)
            await Expect(page.Locator(".outline > summary")).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.ToolsAsync();
        await Expect(page.Locator("#colour")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Locator(".more-tools .actions a[href*='note']")).ToBeInViewportAsync(new() { Ratio = 1 });
        // What is read there begins below the bars and stays there, also when the focus goes to the bar.
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".more-tools > summary")).ToBeFocusedAsync();
        foreach (var _ in (int[])[1, 2, 3])
            await page.Keyboard.PressAsync("Shift+Tab");
        await page.DrawnAsync();
        var top = await page.EvaluateAsync<float>("document.querySelectorAll('#text p')[30].getBoundingClientRect().top");
        Assert.InRange(top, await page.EvaluateAsync<float>(Covered), 180);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task The_bar_goes_while_one_reads_on_and_comes_on_the_way_back(string language)
    {
        var page = await OpenAsync(Long, language, "Ada", true);
        var bar = page.Locator(".reader > .bar");
        await page.Mouse.MoveAsync(180, 500);
        await page.Mouse.WheelAsync(0, 900);
        await Expect(bar).Not.ToBeInViewportAsync();
        var read = await FromTopAsync();
        await page.Mouse.WheelAsync(0, -60);
        await Expect(bar).ToBeInViewportAsync(new() { Ratio = 1 });
        // It lies over the text and takes no room from it.
        Assert.Equal(read, await FromTopAsync(), 0.1);
        await page.Mouse.WheelAsync(0, 300);
        await Expect(bar).Not.ToBeInViewportAsync();
        // The keyboard finds it all the same.
        await page.Locator("[data-do='mode:clean']").FocusAsync();
        await Expect(bar).ToBeInViewportAsync(new() { Ratio = 1 });

        Task<float> FromTopAsync() => page.EvaluateAsync<float>(
            "() => document.querySelectorAll('#text p')[20].getBoundingClientRect().top + scrollY");
    }

    [Fact]
    public async Task It_stays_gone_while_one_writes_and_the_line_stays_where_it_is()
    {
        var page = await OpenAsync(Long, "en", "Ada", true);
        var hands = new ReaderHands(page);
        await page.Mouse.MoveAsync(180, 500);
        await page.Mouse.WheelAsync(0, 1500);
        await Expect(page.Locator(".reader > .bar")).Not.ToBeInViewportAsync();
        await hands.ReadAsync(20, 0.2);
        var line = await hands.PositionAsync(20);
        await hands.SelectAsync(20, 2, 9);
        await hands.ActAsync("comment");
        Assert.Equal(line.Top, (await hands.PositionAsync(20)).Top, 0.6);
        await hands.PostAsync("Said under way.");
        Assert.Equal(line.Top, (await hands.PositionAsync(20)).Top, 0.6);
        await Expect(page.Locator(".reader > .bar")).Not.ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_title_is_not_shown_twice(bool isPhone)
    {
        var page = await OpenAsync("Where I lived", "en", "Ada", isPhone, "<h1>Where I  lived</h1>\n");
        await Expect(page.Locator("#text h1")).ToBeInViewportAsync();
        // Screen readers and the keyboard have it.
        await Expect(page.Locator("#focus")).ToHaveTextAsync("Where I lived");
        Assert.InRange((await page.Locator("#focus").BoundingBoxAsync())!.Height, 0, 1);
        var other = await OpenAsync("Where I lived", "en", "Ada", isPhone);
        Assert.InRange((await other.Locator("#focus").BoundingBoxAsync())!.Height, 16, 80);
    }

    [Fact]
    public async Task Keys_are_not_offered_where_there_are_none()
    {
        var phone = await OpenAsync(Long, "en", "Ada", true);
        await phone.ToolsAsync();
        await Expect(phone.Locator("#density")).ToBeVisibleAsync();
        await Expect(phone.Locator("[data-do=keys]")).ToBeHiddenAsync();
        var desk = await OpenAsync(Long, "en", "Ada", false);
        await desk.ToolsAsync();
        await desk.Locator("[data-do=keys]").ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_heading_of_the_contents_is_reached_and_the_list_closes(bool isPhone)
    {
        var page = await OpenAsync(Long, "en", "Ada", isPhone);
        if (isPhone)
            await page.Locator(".outline > summary").ClickAsync();
        await page.Locator(".outline").Link("Where I lived").ClickAsync();
        await page.WaitForFunctionAsync(
            $$"""
            () => {
              const { top } = document.querySelectorAll('#text h2')[1].getBoundingClientRect();
              return top >= ({{Covered}})() && top < 200;
            }
            """);
        if (isPhone)
            await Expect(page.Locator(".outline ol")).ToBeHiddenAsync();
        else
            await Expect(page.Locator(".outline ol")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true, "en", ColorScheme.Light)]
    [InlineData(true, "ar", ColorScheme.Dark)]
    [InlineData(false, "zh-CN", ColorScheme.Light)]
    [InlineData(false, "ar", ColorScheme.Dark)]
    public async Task Axe_finds_no_fault_in_the_open_menus(bool isPhone, string language, ColorScheme scheme)
    {
        var page = await OpenAsync(Long, language, "Ada", isPhone, scheme: scheme);
        foreach (var menu in new[] { ".appearance", ".more-tools" })
        {
            await page.Locator($"{menu} > summary").ClickAsync();
            if (menu is ".more-tools")
                await page.Locator("#colour").SelectOptionAsync("person");
            var found = await page.RunAxe();
            Assert.True(
                found.Violations.Length == 0,
                string.Join('\n', found.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}"))));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
            await page.Keyboard.PressAsync("Escape");
        }
    }

    private async Task<IPage> OpenAsync(
        string title, string language, string? reader, bool isPhone, string beginning = "", ColorScheme scheme = ColorScheme.Light)
    {
        var many = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"<p>Paragraph number {i} of a text that is longer than a window.</p>\n"));
        var text = await Site.AddTextAsync("Ada", title, "en", beginning + ReaderTexts.Pond + many, "Henry David Thoreau");
        await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en", "style");
        var page = await VisitAsync(
            reader,
            new()
            {
                Locale = language,
                ColorScheme = scheme,
                ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 844 },
                IsMobile = isPhone,
                HasTouch = isPhone,
            });
        await ReaderHands.PrepareAsync(page);
        await page.GotoAsync(text.Path);
        await Expect(page.Locator(".reader[data-live]")).ToBeVisibleAsync();
        return page;
    }
}
