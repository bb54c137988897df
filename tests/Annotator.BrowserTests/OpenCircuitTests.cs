using Annotator.BrowserTests.Support;
using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>A managing page is open while the rights of its viewer change in the store. It follows without being touched.</summary>
public sealed class OpenCircuitTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task Who_is_administrator_no_more_keeps_no_authors_although_the_page_is_open()
    {
        const string record =
            """{"uri":"https://texts.example/demoted","title":"Demoted","quote":"one","lang_source":"en","text":"Of somebody else.","lang_text":"en","user":"clara"}""";
        await Site.MemberAsync("Ada");
        var page = await VisitAsync("Keeper");
        await GoAsync(page, "/import");
        await page.GetByLabel("Keep the authors").CheckAsync();
        await page.GetByLabel("or pasted text").FillAsync(record);
        await Site.AdministrateAsync("Keeper", false);
        try
        {
            await Expect(page.GetByLabel("Keep the authors")).ToHaveCountAsync(0);
            await Expect(page.Locator("main")).ToContainTextAsync("Everything becomes yours.");
            await page.Locator("main").Button("Import").ClickAsync();
            await Expect(page.Locator("main [role=status] .mud-alert")).ToContainTextAsync("Done: 1 stored");
            Assert.Equal(
                "Keeper",
                await Site.InStoreAsync(db => db.Annotations.Where(a => a.Body == "Of somebody else.")
                    .Select(a => a.Author!.Username)
                    .SingleAsync(Ct)));
        }
        finally
        {
            await Site.AdministrateAsync("Keeper", true);
        }

        // And back, unchecked.
        await Expect(page.GetByLabel("Keep the authors")).Not.ToBeCheckedAsync();
    }

    [Theory]
    [InlineData("/settings", "#display", true)]
    [InlineData("/settings", "#display", false)]
    [InlineData("/import", "#title", true)]
    [InlineData("/import", "#title", false)]
    public async Task Who_is_locked_out_or_signed_out_everywhere_finds_the_page_closed(string path, string field, bool isLockedOut)
    {
        var name = $"Lena{path.Length}{isLockedOut}";
        var page = await VisitAsync(name);
        await GoAsync(page, path);
        await page.FillAsync(field, "Before");
        await Site.InStoreAsync(db => isLockedOut
            ? db.Users.Where(a => a.UserName == name)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.LockoutEnd, DateTimeOffset.MaxValue), Ct)
            : db.Users.Where(a => a.UserName == name).ExecuteUpdateAsync(set => set.SetProperty(a => a.SecurityStamp, "another"), Ct));
        await Expect(page.Alert()).ToContainTextAsync("Sign in first.");
        await Expect(page.Locator("main input, main textarea, main .mud-button-root")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_page_that_is_open_does_not_hold_up_the_end_of_the_program_and_works_with_the_next()
    {
        // What the page says in the console while nobody answers.
        Allow("net::ERR_");
        Allow("Failed to ");
        Allow("WebSocket");
        Allow("Cannot send data");
        var page = await VisitAsync("Keeper");
        await GoAsync(page, "/import");
        await page.EvaluateAsync("() => window.wasOpen = true");
        // Ends by itself, within the time that the host gives it.
        await Site.EndAsync();
        await Site.StopAsync();
        await Site.StartAsync();
        // The program started anew has no such circuit: the page is loaded again.
        await page.WaitForFunctionAsync("() => !window.wasOpen");
        await Expect(page.Locator("main input:visible").Last).ToBeEnabledAsync();
        await page.FillAsync("#title", "Typed after it");
        await Expect(page.Locator("#title")).ToHaveValueAsync("Typed after it");
    }

    [Fact]
    public async Task What_was_written_in_a_group_that_one_has_left_meanwhile_is_not_imported_into_it()
    {
        var gil = await Site.MemberAsync("Gil");
        await Site.InStoreAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            db.Groups.Add(Group.Create("readers", "Readers", GroupKind.Private, now));
            db.Memberships.Add(Membership.Of(gil.RequirePerson(), "readers", now));
            return await db.SaveChangesAsync(Ct);
        });
        var page = await VisitAsync("Gil");
        await GoAsync(page, "/import");
        await page.GetByLabel("or pasted text").FillAsync(Record("While a member"));
        await ImportAsync(page);
        Assert.Equal(["While a member"], await WrittenInAsync("readers"));
        await GoAsync(page, "/import");
        await page.GetByLabel("or pasted text").FillAsync(Record("As one who left"));
        await Site.InStoreAsync(db => db.Memberships.Where(m => m.PersonId == gil.PersonId).ExecuteDeleteAsync(Ct));
        await ImportAsync(page);
        Assert.Equal(["While a member"], await WrittenInAsync("readers"));
        // Refused, or between the person and the file when the page knew already.
        Assert.All(await WrittenInAsync(Viewer.PublicGroup), body => Assert.Equal("As one who left", body));

        Task<List<string>> WrittenInAsync(string group) =>
            Site.InStoreAsync(db => db.Annotations.Where(a => a.GroupId == group && a.AuthorId == gil.PersonId)
                .Select(a => a.Body)
                .ToListAsync(Ct));
    }

    private static string Record(string text) =>
        """{"uri":"https://texts.example/circle","text":"TEXT","user":"acct:Gil@localhost","group":"readers","permissions":{"read":["group:readers"]}}""".Replace("TEXT", text, StringComparison.Ordinal);

    private static async Task ImportAsync(IPage page)
    {
        await page.Locator("main").Button("Import").ClickAsync();
        await Expect(page.Locator("main [role=status] .mud-alert")).ToContainTextAsync("Done");
    }

    // The fields are closed until the circuit is there.
    private static async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("main input:visible").Last).ToBeEnabledAsync();
    }
}
