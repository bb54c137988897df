using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Where a moderator hides, shows and removes what others share, and what its writer sees of that.</summary>
public sealed class ModerationTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task With_keys_alone_a_comment_is_hidden_and_shown_again()
    {
        var said = await SaidAsync("Ines", "Names somebody who did not ask for it.");
        var page = await VisitAsync("Keeper");
        await page.GotoAsync($"/a/{said.PublicId}");
        await page.Card(said.Body).Link("Moderate").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#reason")).ToBeFocusedAsync();
        // Without a reason nothing is done.
        IsAnswered(400);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#reason")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("#reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("It names a person.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card(said.Body).Locator(".held")).ToHaveTextAsync("Hidden by a moderator: It names a person.");

        var own = await VisitAsync("Ines");
        await own.GotoAsync($"/a/{said.PublicId}");
        await Expect(own.Card(said.Body).Locator(".held")).ToContainTextAsync("It names a person.");
        var visitor = await VisitAsync();
        IsAnswered(404);
        Assert.Equal(404, await visitor.StatusOfAsync($"/a/{said.PublicId}"));

        await page.Card(said.Body).Link("Moderate").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#reason")).ToHaveValueAsync("It names a person.");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("main").Button("Show again")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Card(said.Body)).ToBeVisibleAsync();
        await Expect(page.Card(said.Body).Locator(".held")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_wrote_a_removed_comment_finds_it_with_the_reason_where_they_look_for_it()
    {
        var said = await SaidAsync("Jonas", "Something that is removed.");
        var page = await VisitAsync("Keeper");
        await page.GotoAsync($"/a/{said.PublicId}/moderate");
        await page.FillAsync("#reason", "Not about the text.");
        await page.Locator("main").Button("Remove").ClickAsync();
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();

        var own = await VisitAsync("Jonas");
        await own.GotoAsync("/");
        await own.Locator(".bar summary").ClickAsync();
        await own.Link("My comments").ClickAsync();
        await Expect(own.GetByRole(AriaRole.Region, new() { Name = "Removed by a moderator" })).ToContainTextAsync("Not about the text.");
        await own.Locator(".removed").Link("Something that is removed.").ClickAsync();
        await Expect(own.Heading("A moderator removed this comment")).ToBeVisibleAsync();
        await Expect(own.Locator(".held")).ToHaveTextAsync("Removed by a moderator: Not about the text.");
        await Expect(own.Locator(".prose")).ToContainTextAsync(said.Body);
        await AssertSoundAsync(own);
        await own.GotoAsync("/search?q=is%3Amine");
        await Expect(own.Locator(".removed")).ToBeVisibleAsync();
        await AssertSoundAsync(own);
    }

    [Theory]
    [InlineData(1280, "en", ColorScheme.Dark)]
    [InlineData(390, "en", ColorScheme.Light)]
    [InlineData(390, "ar", ColorScheme.Light)]
    public async Task Axe_finds_no_fault_in_moderation(int width, string language, ColorScheme scheme)
    {
        var said = await SaidAsync("Kari", $"Looked at in {language} at {width} pixels.");
        var page = await VisitAsync("Keeper", new()
        {
            Locale = language, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 },
        });
        await page.GotoAsync($"/a/{said.PublicId}/moderate");
        await AssertSoundAsync(page);
        IsAnswered(400);
        await page.Locator("#reason").PressAsync("Enter");
        await Expect(page.Alert()).ToBeVisibleAsync();
        await AssertSoundAsync(page);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", language is "ar" ? "rtl" : "ltr");
    }

    [Fact]
    public async Task Who_does_not_moderate_does_not_come_there()
    {
        var said = await SaidAsync("Lars", "Not for everybody to judge.");
        var page = await VisitAsync("Mei");
        await page.GotoAsync($"/a/{said.PublicId}");
        await Expect(page.Card(said.Body)).ToBeVisibleAsync();
        await Expect(page.Link("Moderate")).ToHaveCountAsync(0);
        IsAnswered(403);
        Assert.Equal(403, await page.StatusOfAsync($"/a/{said.PublicId}/moderate"));
    }

    private async Task<AnnotationView> SaidAsync(string name, string body) => await Site.Writer.CreateAsync(
        await Site.MemberAsync(name),
        new AnnotationDraft
        {
            Id = Guid.CreateVersion7(),
            Source = new Citation($"https://texts.example/{Guid.CreateVersion7():N}", $"Read by {name}", null, "en"),
            Body = body,
            Language = "en",
        },
        Ct);

    private static async Task AssertSoundAsync(IPage page)
    {
        var faults = (await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
    }
}
