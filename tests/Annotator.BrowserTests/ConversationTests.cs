using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

public sealed class ConversationTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task People_comment_on_a_passage_and_answer_each_other_in_their_own_languages()
    {
        var first = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "Often misquoted.", "en");
        var mei = await VisitAsync("Mei");
        await mei.GotoAsync(Texts.SourceOf(first));
        await mei.Locator(".passage", new() { HasText = "Often misquoted." }).Link("Comment").ClickAsync();
        var composer = new Composer(mei);
        await composer.Language.SelectOptionAsync("zh-Hans");
        await composer.Tags.FillAsync("翻译， 梭罗");
        var comment = await composer.PostAsync("“静默的绝望”是**常见**的译法。");
        await Expect(comment.Locator(".prose")).ToHaveAttributeAsync("lang", "zh-Hans");
        await Expect(comment.Locator("strong")).ToHaveTextAsync("常见");
        await Expect(comment.Locator(".badge")).ToHaveTextAsync("简体中文");
        await Expect(comment.Locator(".tags li")).ToHaveTextAsync(["翻译", "梭罗"]);

        var noor = await VisitAsync("Noor");
        await noor.GotoAsync(Texts.SourceOf(first));
        var answer = await noor.ReplyToAsync("常见");
        await answer.Language.SelectOptionAsync("ar");
        var reply = await answer.PostAsync("وفي العربية: «يأس صامت».");
        await Expect(reply.Locator(".prose")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(noor.Locator("li.thread", new() { HasText = "常见" }).Locator(".replies .card")).ToHaveCountAsync(1);

        await mei.ReloadAsync();
        await Expect(mei.Card("يأس صامت")).ToContainTextAsync("Noor");
        await Expect(mei.Card("يأس صامت").Locator(".when")).ToContainTextAsync("just now");
    }

    [Fact]
    public async Task An_edited_comment_keeps_its_first_version_and_shows_what_changed()
    {
        var first = await Site.SayAsync("Ada", Texts.Walden, "I went to the woods", "Published in 1845.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(first));
        var composer = await page.EditAsync("Published in 1845.");
        await Expect(composer.Body).ToHaveValueAsync("Published in 1845.");
        var card = await composer.PostAsync("Published in 1854.");

        await card.GetByRole(AriaRole.Link, new() { Name = "2 versions" }).ClickAsync();
        var versions = page.Locator(".versions > li");
        await Expect(versions).ToHaveCountAsync(2);
        await Expect(versions.Nth(0).Locator("del")).ToHaveTextAsync("1845");
        await Expect(versions.Nth(0).Locator("ins")).ToHaveTextAsync("1854");
        await Expect(versions.Nth(1)).ToContainTextAsync("Published in 1845.");
        await Expect(versions.Nth(1)).ToContainTextAsync("as first written");
    }

    [Fact]
    public async Task A_deleted_comment_is_gone_for_everybody_until_its_author_undoes_it()
    {
        var first = await Site.SayAsync("Ada", Texts.Walden, "Simplify, simplify.", "He says it twice.", "en");
        await Site.SayAsync("Mei", Texts.Walden, "Simplify, simplify.", "Emerson: one would have been enough.", "en");
        var ada = await VisitAsync("Ada");
        var mei = await VisitAsync("Mei");
        await ada.GotoAsync(Texts.SourceOf(first));
        await ada.Card("He says it twice.").Button("Delete").ClickAsync();
        await Expect(ada.Locator(".toast")).ToContainTextAsync("Deleted.");
        await Expect(ada.Card("He says it twice.")).ToHaveCountAsync(0);
        await mei.GotoAsync(Texts.SourceOf(first));
        await Expect(mei.Card("Emerson")).ToBeVisibleAsync();
        await Expect(mei.Card("He says it twice.")).ToHaveCountAsync(0);

        await ada.Locator(".toast").Button("Undo").ClickAsync();
        await Expect(ada.Card("He says it twice.")).ToBeVisibleAsync();
        await Expect(ada.Locator(".toast")).ToHaveCountAsync(0);
        await mei.ReloadAsync();
        await Expect(mei.Card("He says it twice.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_elses_comment_can_be_answered_but_not_changed()
    {
        var first = await Site.SayAsync("Ada", Texts.Walden, "Time is but the stream", "Mine.", "en");
        var mei = await VisitAsync("Mei");
        await mei.GotoAsync(Texts.SourceOf(first));
        var card = mei.Card("Mine.");
        await Expect(card.Link("Reply")).ToBeVisibleAsync();
        await Expect(card.Link("Edit")).ToHaveCountAsync(0);
        await Expect(card.Button("Delete")).ToHaveCountAsync(0);

        var visitor = await VisitAsync();
        await visitor.GotoAsync(Texts.SourceOf(first));
        await Expect(visitor.Card("Mine.")).ToBeVisibleAsync();
        await Expect(visitor.Card("Mine.").Link("Reply")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_comment_only_for_oneself_is_nowhere_for_others()
    {
        var first = await Site.SayAsync("Ada", Texts.Walden, "Our life is frittered away", "Seen by all.", "en");
        var ada = await VisitAsync("Ada");
        await ada.GotoAsync(Texts.SourceOf(first));
        await ada.Locator(".passage", new() { HasText = "frittered" }).Link("Comment").ClickAsync();
        await new Composer(ada).Audience.SelectOptionAsync("Only me");
        var card = await new Composer(ada).PostAsync("Seen by me.");
        await Expect(card.Locator(".private")).ToHaveTextAsync("Only me");
        var own = await card.Locator("a.when").GetAttributeAsync("href");

        Allow("status of 404");
        var mei = await VisitAsync("Mei");
        await mei.GotoAsync(Texts.SourceOf(first));
        await Expect(mei.Card("Seen by all.")).ToBeVisibleAsync();
        await Expect(mei.Card("Seen by me.")).ToHaveCountAsync(0);
        Assert.Equal(404, await mei.StatusOfAsync(own!));
        await mei.SearchAsync("\"Seen by me\"");
        await Expect(mei.Locator("article.result")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_answer_to_an_answer_leads_to_what_it_answers()
    {
        var root = await Site.SayAsync("Ada", Texts.Walden, "A lake is the landscape's eye", "The beginning.", "en");
        var answer = await Site.AnswerAsync("Mei", root, "The middle.", "en");
        await Site.AnswerAsync("Noor", answer, "The end.", "en");
        var page = await VisitAsync();
        await page.GotoAsync(Texts.SourceOf(root));
        await page.Card("The end.").Locator(".answers").Link("Mei").ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Texts.SourceOf(root)}#a-{answer.PublicId}");
        await Expect(page.Card("The middle.")).ToContainClassAsync("target");
        await Expect(page.Locator(".target")).ToHaveCountAsync(1);
        await Expect(page.Card("The middle.")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Permalinks_lead_to_a_comment_and_a_passage_and_Back_leads_back()
    {
        var first = await Site.SayAsync("Ada", Texts.Analects, Texts.Learning, "A permanent remark.", "en");
        await Site.AnswerAsync("Mei", first, "永久的回覆。", "zh-Hant");
        var page = await VisitAsync();
        await page.GotoAsync("/");
        await page.Link("論語").ClickAsync();
        await page.Card("A permanent remark.").Locator("a.when").ClickAsync();
        await Expect(page).ToHaveURLAsync($"/a/{first.PublicId}");
        await Expect(page.Locator(".quote")).ToContainTextAsync(Texts.Learning);
        await Expect(page.Card("A permanent remark.")).ToContainClassAsync("target");
        await Expect(page.Card("永久的回覆。")).ToBeVisibleAsync();

        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(Texts.SourceOf(first));
        await Expect(page.Locator(".passage")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Heading("Library")).ToBeVisibleAsync();
        await page.GoForwardAsync();
        await Expect(page.Card("永久的回覆。")).ToBeVisibleAsync();

        var link = await page.GetByLabel("Link to passage 1").GetAttributeAsync("href");
        var stranger = await VisitAsync();
        await stranger.GotoAsync(link!);
        await Expect(stranger.Locator(".passage.target")).ToBeInViewportAsync();
        await Expect(stranger.Locator(".passage.target .quote")).ToContainTextAsync(Texts.Learning);
    }
}
