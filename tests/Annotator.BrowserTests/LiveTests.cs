using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Annotator.Domain.Sources;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What others write appears on the open page, and nothing that one reads or writes is disturbed.</summary>
public sealed class LiveTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task Two_people_see_each_others_comments()
    {
        var first = await Site.SayAsync("Ada", Text("Latency"), Texts.Desperation, "The beginning.", "en");
        var mei = await OpenAsync("Mei", first);
        var ada = await OpenAsync("Ada", first);
        for (var i = 0; i < 4; i++)
        {
            var (writer, reader, name) = i % 2 == 0 ? (ada, mei, "Ada") : (mei, ada, "Mei");
            await writer.Locator(".passage").Link("Comment").ClickAsync();
            await new Composer(writer).PostAsync($"Remark number {i}.");
            await Expect(reader.Card($"Remark number {i}.")).ToBeVisibleAsync();
            await Expect(reader.Locator("[data-live-news]")).ToHaveTextAsync($"New comment by {name}");
            await HeardAsync(writer);
        }

        await Expect(mei.Locator("#facts")).ToContainTextAsync("5 comments");
        await Expect(mei.Locator("#facts")).ToContainTextAsync("2 people");
    }

    [Fact]
    public async Task What_one_reads_does_not_move()
    {
        var source = Text("Still");
        var first = await Site.SayAsync("Ada", source, "", "Note number 0.", "en");
        for (var i = 1; i < 30; i++)
            await Site.SayAsync("Ada", source, "", $"Note number {i}.", "en");
        var page = await OpenAsync("Mei", first);
        var card = page.Card("Note number 20.");
        await card.EvaluateAsync("card => scrollTo({ top: card.getBoundingClientRect().top + scrollY - 300, behavior: 'instant' })");
        var before = await TopAsync(card);
        Assert.InRange(before, 1, 600);

        await Site.AnswerAsync("Noor", first, "A long answer far above.\n\n- one\n- two\n- three", "en");
        await Expect(page.Card("A long answer far above.")).ToHaveCountAsync(1);
        await Expect(page.Locator(".new")).ToHaveCountAsync(0);
        Assert.Equal(before, await TopAsync(card), 0.6);
        await Site.Removal.DeleteAsync(await Site.MemberAsync("Ada"), first.Id, Ct);
        await Expect(page.Locator(".card.gone")).ToHaveCountAsync(1);
        await page.DrawnAsync();
        Assert.Equal(before, await TopAsync(card), 0.6);
    }

    [Fact]
    public async Task What_one_types_and_where_one_types_it_stay()
    {
        var first = await Site.SayAsync("Ada", Text("Typing"), Texts.Desperation, "Something to answer.", "en");
        var other = await Site.AnswerAsync("Noor", first, "The first answer.", "en");
        var page = await OpenAsync("Mei", first);
        var composer = await page.ReplyToAsync("The first answer.");
        await HeardAsync(page);
        await composer.Body.FillAsync("Half a thought");
        await RestAsync(composer.Body);
        var before = await TopAsync(composer.Body);

        await Site.SayAsync("Ada", Text("Typing"), "", "A note on top of everything.", "en");
        await Site.Writer.EditAsync(
            await Site.MemberAsync("Noor"), other.Id, new AnnotationEdit(1, "Not the first any more.", "en", [], true), Ct);
        await Expect(page.Card("A note on top of everything.")).ToBeVisibleAsync();
        await Site.AnswerAsync("Ada", first, "The second answer.", "en");
        await Expect(page.Card("The second answer.")).ToBeVisibleAsync();
        await Expect(composer.Body).ToBeFocusedAsync();
        await Expect(composer.Body).ToHaveValueAsync("Half a thought");
        Assert.Equal(before, await TopAsync(composer.Body), 0.6);
        await composer.PostAsync("A whole thought");
        await Expect(page.Card("Not the first any more.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_selected_changes_only_when_it_is_free_again()
    {
        var first = await Site.SayAsync("Ada", Text("Selected"), Texts.Desperation, "These words are selected.", "en");
        var page = await OpenAsync("Mei", first);
        await page.Card("These words").Locator(".prose").EvaluateAsync("prose => getSelection().selectAllChildren(prose)");
        await Site.Writer.EditAsync(await Site.MemberAsync("Ada"), first.Id, new AnnotationEdit(1, "Other words.", "en", [], true), Ct);
        await Site.AnswerAsync("Ada", first, "Seen meanwhile.", "en");
        await Expect(page.Card("Seen meanwhile.")).ToBeVisibleAsync();
        await Expect(page.Card("These words are selected.")).ToBeVisibleAsync();
        Assert.Contains("These words are selected.", await page.EvaluateAsync<string>("String(getSelection())"), StringComparison.Ordinal);
        await page.EvaluateAsync("getSelection().removeAllRanges()");
        await Expect(page.Card("Other words.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_private_note_reaches_no_page_of_others()
    {
        var source = Text("Private");
        var first = await Site.SayAsync("Ada", source, Texts.Desperation, "For all.", "en");
        var mei = await OpenAsync("Mei", first);
        var ada = await OpenAsync("Ada", first);
        await Site.Writer.CreateAsync(
            await Site.MemberAsync("Ada"),
            new AnnotationDraft
            {
                Id = Guid.CreateVersion7(), References = [first.Id], Body = "For me alone.", Language = "en", Shared = false,
            },
            Ct);
        await Expect(ada.Card("For me alone.")).ToBeVisibleAsync();
        await Site.AnswerAsync("Ada", first, "For all again.", "en");
        await Expect(mei.Card("For all again.")).ToBeVisibleAsync();
        Assert.DoesNotContain("For me alone.", await mei.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_stand_below_what_they_answer_and_what_is_deleted_goes()
    {
        var source = Text("Threads");
        var first = await Site.SayAsync("Ada", source, Texts.Desperation, "The root.", "en");
        await Site.SayAsync("Ada", source, Texts.Desperation, "Another root.", "en");
        var page = await OpenAsync(null, first);
        var answer = await Site.AnswerAsync("Mei", first, "The answer.", "en");
        await Expect(
            page.Locator("li.thread", new() { HasText = "The root." }).Locator(".replies .card")).ToContainTextAsync("The answer.");
        await Site.SayAsync("Mei", source, "Simplify, simplify.", "On a passage that was not there.", "en");
        await Expect(page.Locator("section.passage", new() { HasText = "Simplify" }).Locator(".card")).ToContainTextAsync("not there.");
        await Site.Removal.DeleteAsync(await Site.MemberAsync("Mei"), answer.Id, Ct);
        await Expect(page.Card("The answer.")).ToHaveCountAsync(0);
        await Site.Removal.RestoreAsync(await Site.MemberAsync("Mei"), answer.Id, Ct);
        await Expect(page.Card("The answer.")).ToBeVisibleAsync();
        await Expect(page.Card("The root.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Leaving_the_page_ends_the_stream_and_coming_back_begins_it()
    {
        var first = await Site.SayAsync("Ada", Text("Leaving"), Texts.Desperation, "Stay or go.", "en");
        var page = await OpenAsync("Mei", first);
        var open = Site.Listeners;
        await page.Locator(".brand").ClickAsync();
        await Expect(page.Heading("Library")).ToBeVisibleAsync();
        await Until.HoldsAsync(() => Site.Listeners == open - 1);
        await Site.AnswerAsync("Ada", first, "Said meanwhile.", "en");
        await page.GoBackAsync();
        await Expect(page.Card("Said meanwhile.")).ToBeVisibleAsync();
        await HeardAsync(page);
        await Site.AnswerAsync("Ada", first, "Said afterwards.", "en");
        await Expect(page.Card("Said afterwards.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_text_is_replaced_as_one_and_what_scripts_have_added_elsewhere_stays()
    {
        var first = await Site.SayAsync("Ada", Text("Whole"), Texts.Desperation, "Beside the text.", "en");
        var page = await VisitAsync("Mei");
        // A text in the page, and another one in each part that is asked for.
        var asked = 0;
        foreach (var address in new[] { Texts.SourceOf(first), $"{Texts.SourceOf(first)}/commentary*" })
        {
            await page.RouteAsync($"**{address}", async route =>
            {
                var answer = await route.FetchAsync();
                var text = $"<div id=\"text\" data-merge=\"whole\"><p>Marked {++asked} times.</p></div><header";
                await route.FulfillAsync(new()
                {
                    Response = answer,
                    Body = (await answer.TextAsync()).Replace(
                        "<header class=\"source\"", $"{text} class=\"source\"", StringComparison.Ordinal),
                });
            });
        }

        await ListeningAsync(page, () => page.GotoAsync(Texts.SourceOf(first)));
        // Opening a page renders it once.
        await Expect(page.Locator("#text")).ToHaveTextAsync("Marked 1 times.");
        await page.Card("Beside").EvaluateAsync("card => { card.style.top = '3px'; card.classList.add('is-placed'); card.kept = true; }");
        await page.Locator("#text").EvaluateAsync("text => getSelection().selectAllChildren(text)");
        await Site.AnswerAsync("Ada", first, "It goes on.", "en");
        await Expect(page.Card("It goes on.")).ToBeVisibleAsync();
        await Expect(page.Locator("#text")).ToHaveTextAsync("Marked 1 times.");
        await page.EvaluateAsync("getSelection().removeAllRanges()");
        await Expect(page.Locator("#text")).ToHaveTextAsync("Marked 2 times.");
        Assert.True(
            await page.Card("Beside")
                .EvaluateAsync<bool>("card => card.kept && card.style.top === '3px' && card.classList.contains('is-placed')"));
    }

    private static Citation Text(string title) => new($"https://texts.example/live/{title}", title, null, "en");

    private async Task<IPage> OpenAsync(string? name, AnnotationView said)
    {
        var page = await VisitAsync(name);
        await ListeningAsync(page, () => page.GotoAsync(Texts.SourceOf(said)));
        return page;
    }

    /// <summary>Waits until the page that is opened listens to its stream.</summary>
    private static async Task ListeningAsync(IPage page, Func<Task> open)
    {
        await page.AddInitScriptAsync(
            "globalThis.listening = 0; document.addEventListener('annotator:listening', () => globalThis.listening++)");
        await open();
        await HeardAsync(page);
    }

    private static async Task HeardAsync(IPage page) => await page.WaitForFunctionAsync("() => globalThis.listening > 0");

    private static async Task<double> TopAsync(ILocator element) =>
        await element.EvaluateAsync<double>("element => element.getBoundingClientRect().top");

    // Pages glide to where one writes. It is over when nothing has moved for twenty frames.
    private static async Task RestAsync(ILocator element) => await element.EvaluateAsync("""
        element => new Promise(done => {
          let [last, still] = [NaN, 0];
          const look = () => {
            const { top } = element.getBoundingClientRect();
            still = top === last ? still + 1 : 0;
            last = top;
            if (still < 20) requestAnimationFrame(look);
            else done();
          };
          look();
        })
        """);
}
