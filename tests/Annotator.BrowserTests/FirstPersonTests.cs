using Annotator.BrowserTests.Support;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class FirstPersonTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_first_person_signs_up_runs_the_place_and_adds_a_passage()
    {
        var page = await VisitAsync();
        await page.GotoAsync("/");
        await Expect(page.GetByText("There is nothing here yet")).ToBeVisibleAsync();
        await page.Link("Sign up").ClickAsync();
        await Expect(page.GetByText("You are the first one here")).ToBeVisibleAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Mei");
        await page.GetByLabel("E-mail").FillAsync("mei@reading.example");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.Locator("main").Button("Sign up").ClickAsync();
        await Expect(page.GetByLabel("Account of Mei")).ToBeVisibleAsync();
        Assert.True(await Site.IsAdministratorAsync("Mei"));

        await page.Locator("header").Link("Add a source").ClickAsync();
        await page.GetByLabel("The passage, word for word").FillAsync(Texts.Learning);
        await page.GetByLabel("Title of the source").FillAsync("論語");
        await page.GetByLabel("Author").FillAsync("孔子");
        await page.GetByLabel("Address, DOI or ISBN").FillAsync("https://texts.example/analects");
        await page.GetByLabel("Language of the source").SelectOptionAsync("zh-Hant");
        await page.GetByLabel("Your comment").FillAsync("First I practise, *then* I am pleased.");
        await page.GetByLabel("Tags").FillAsync("learning, 教育");
        await page.Locator("main").Button("Add").ClickAsync();

        await Expect(page.Heading("論語")).ToBeVisibleAsync();
        await Expect(page.Locator(".quote")).ToContainTextAsync(Texts.Learning);
        await Expect(page.Locator(".quote")).ToHaveAttributeAsync("lang", "zh-Hant");
        var card = page.Card("First I practise");
        await Expect(card).ToContainClassAsync("target");
        await Expect(card.Locator("em")).ToHaveTextAsync("then");
        await Expect(card.Locator(".tags li")).ToHaveTextAsync(["learning", "教育"]);

        await page.Link("Annotator").ClickAsync();
        var entry = page.Locator(".sources > li");
        await Expect(entry).ToHaveCountAsync(1);
        await Expect(entry).ToContainTextAsync("論語");
        await Expect(entry).ToContainTextAsync("孔子");
        await Expect(entry).ToContainTextAsync("1 passage");
        await Expect(entry).ToContainTextAsync("1 comment");
        await Expect(entry).ToContainTextAsync("1 person");
    }
}
