using Annotator.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class NewcomerTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task Whoever_comes_later_signs_up_as_a_reader_and_comes_back_to_the_page_they_were_on()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "Still true.", "en");
        var page = await VisitAsync();
        await page.GotoAsync(Texts.SourceOf(said));
        await page.Link("Sign in to comment").ClickAsync();
        await page.Locator("main").Link("Sign up").ClickAsync();
        await Expect(page.GetByText("You are the first one here")).ToHaveCountAsync(0);
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Jürgen");
        await page.GetByLabel("E-mail").FillAsync("juergen@reading.example");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign up").ClickAsync();

        await Expect(page.Link("Add a passage")).ToBeVisibleAsync();
        Assert.EndsWith(Texts.SourceOf(said), page.Url, StringComparison.Ordinal);
        Assert.False(await Site.IsAdministratorAsync("Jürgen"));

        await page.GetByLabel("Account of Jürgen").ClickAsync();
        await page.Locator(".menu").Button("Sign out").ClickAsync();
        await Expect(page.Link("Sign in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task From_one_form_to_the_other_the_way_back_is_kept()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "Still true.", "en");
        await Site.MemberAsync("Ines");
        var page = await VisitAsync();
        await page.GotoAsync(Texts.SourceOf(said));
        await page.Locator("nav").Link("Sign up").ClickAsync();
        await Expect(page.Heading("Sign up")).ToBeVisibleAsync();
        await page.Locator("nav").Link("Sign in").ClickAsync();
        await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
        await page.GetByLabel("Name or e-mail").FillAsync("Ines");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign in").ClickAsync();
        await Expect(page.Link("Add a passage")).ToBeVisibleAsync();
        Assert.EndsWith(Texts.SourceOf(said), page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_name_and_a_wrong_password_are_said_in_words()
    {
        IsAnswered(400);
        await Site.MemberAsync("Noor");
        var page = await VisitAsync();
        await page.GotoAsync("/sign-up");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("noor");
        await page.GetByLabel("E-mail").FillAsync("another@reading.example");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign up").ClickAsync();
        await Expect(page.Alert()).ToContainTextAsync("This name is taken.");
        await Expect(page.GetByLabel("E-mail")).ToHaveValueAsync("another@reading.example");

        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Name or e-mail").FillAsync("Noor");
        await page.GetByLabel("Password").FillAsync("not the password");
        await page.Locator("main").Button("Sign in").ClickAsync();
        await Expect(page.Alert()).ToHaveTextAsync("Name and password do not match.");
        await Expect(page.GetByLabel("Name or e-mail")).ToHaveValueAsync("Noor");
    }
}
