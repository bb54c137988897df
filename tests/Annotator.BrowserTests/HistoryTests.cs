using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The versions of a comment say what has changed of it: what it says, and what it is about.</summary>
public sealed class HistoryTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task What_changed_of_addresses_targets_and_selectors_is_shown_as_other_differences_are()
    {
        var ada = await Site.MemberAsync("Ada");
        var (first, second) = (
            new Citation("https://texts.example/first", "First", null, "en"),
            new Citation("https://texts.example/second", "Second", null, "en"));
        var received = new Received
        {
            Selectors = """[{"type":"TextPositionSelector","start":3,"end":9},{"type":"\ud800"}]""",
            Targets = [new("https://b.example/", """[{"type":"PageSelector","index":3}]""")],
        };
        var said = await Site.Writer.CreateAsync(
            ada,
            new AnnotationDraft
            {
                Id = Guid.CreateVersion7(),
                Source = first,
                Quote = new Quote("Some words"),
                Body = "A comment.",
                Language = "en",
                Received = received,
            },
            Ct);
        var edit = new AnnotationEdit(1, "A comment.", "en", [], true);
        var longer = received with { Selectors = """[{"type":"TextPositionSelector","start":3,"end":12}]""" };
        await Site.Writer.EditAsync(ada, said.Id, edit with { Received = longer }, Ct);
        var further = new Received { Targets = [new("https://c.example/")] };
        await Site.Writer.EditAsync(
            ada, said.Id, edit with { Version = 2, Target = new(second, new Quote("Other words")), Received = further }, Ct);
        await Site.Writer.EditAsync(ada, said.Id, edit with { Version = 3, Body = "A remark." }, Ct);

        var page = await VisitAsync();
        await page.GotoAsync($"/a/{said.PublicId}/history");
        var versions = page.Locator(".versions > li");
        await Expect(versions).ToHaveCountAsync(4);
        await Expect(versions.Nth(0).Locator("dt")).ToHaveCountAsync(0);
        await Expect(versions.Nth(0).Locator("ins")).ToHaveTextAsync(["remark"]);
        await Expect(versions.Nth(1).Locator("dt")).ToHaveTextAsync(["Address", "Passage", "Selectors", "Further targets"]);
        await Expect(versions.Nth(1).Locator("dd").Nth(0).Locator("del")).ToHaveTextAsync(["first"]);
        await Expect(versions.Nth(1).Locator("dd").Nth(0).Locator("ins")).ToHaveTextAsync(["second"]);
        await Expect(versions.Nth(1).Locator("dd").Nth(2).Locator("del")).ToHaveTextAsync(["TextPositionSelector · start: 3 · end: 12"]);
        await Expect(versions.Nth(2).Locator("dt")).ToHaveTextAsync(["Selectors"]);
        await Expect(versions.Nth(2).Locator("dd ins")).ToContainTextAsync(["12"]);
        await Expect(versions.Nth(3).Locator("dt")).ToHaveCountAsync(0);
    }
}
