using System.Collections.Concurrent;
using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Chinese typed with an input method, on a connection with 300 ms of delay.</summary>
public sealed class InputMethodTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_search_box_loses_nothing_and_the_choosing_Enter_does_not_search()
    {
        await Site.SayAsync("Mei", Texts.Analects, Texts.Learning, "溫故而知新。", "zh-Hant");
        var page = await VisitAsync();
        await page.GotoAsync("/");
        var hands = await InputMethod.OnAsync(page);
        await page.Locator("#find").FocusAsync();
        await hands.WriteAsync(("wengu", "溫故"), ("er", "而"), ("zhixin", "知新"));
        await Expect(page.Locator("#find")).ToHaveValueAsync("溫故而知新");
        Assert.Equal("/", new Uri(page.Url).AbsolutePath);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("article.result mark")).ToHaveTextAsync(["溫故而知新"]);
        await Expect(page.Locator("#find")).ToHaveValueAsync("溫故而知新");
    }

    [Fact]
    public async Task Whoever_types_on_while_the_results_are_on_their_way_keeps_the_word_and_the_place()
    {
        await Site.SayAsync("Mei", Texts.Analects, Texts.Learning, "三人行必有我師。", "zh-Hant");
        var page = await VisitAsync();
        await page.GotoAsync("/");
        var hands = await InputMethod.OnAsync(page);
        await page.Locator("#find").FocusAsync();
        await hands.WriteAsync(("sanren", "三人"));
        await page.Keyboard.PressAsync("Enter");
        await hands.ComposeAsync("xing");
        await Expect(page.Locator("article.result")).ToHaveCountAsync(1);
        await Expect(page.Locator("#find")).ToBeFocusedAsync();
        await hands.CommitAsync("行必");
        await Expect(page.Locator("#find")).ToHaveValueAsync("三人行必");
    }

    [Fact]
    public async Task Comment_and_tags_are_stored_as_they_were_written()
    {
        var said = await Site.SayAsync("Mei", Texts.Analects, Texts.Learning, "第一句。", "zh-Hant");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        var hands = await InputMethod.OnAsync(page);
        var composer = await page.ReplyToAsync("第一句。");
        var sent = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Method is "POST" && new Uri(request.Url).AbsolutePath is var path and not "/preview")
                sent.Enqueue(path);
        };
        await hands.WriteAsync(("xue", "學"), ("ershi", "而時"), ("xizhi", "習之"), ("douhao", "，"));
        await composer.Tags.FocusAsync();
        await hands.WriteAsync(("jiaoyu", "教育"), ("dun", "、"), ("lunyu", "論語"));
        await composer.Body.FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await hands.ComposeAsync("buyi");
        await hands.EnterAsync(withControl: true);
        await hands.CommitAsync("不亦說乎");
        await Expect(composer.Body).ToHaveValueAsync("學而時習之，不亦說乎");
        await Expect(composer.Tags).ToHaveValueAsync("教育、論語");
        await page.DrawnAsync();
        Assert.Empty(sent);
        await Expect(composer.Form).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(composer.Form).ToHaveCountAsync(0);
        var card = page.Card("學而時習之，不亦說乎");
        await Expect(card).ToBeVisibleAsync();
        await Expect(card.Locator(".tags li")).ToHaveTextAsync(["教育", "論語"]);
    }

    [Fact]
    public async Task Without_letting_go_of_the_keys_a_draft_is_kept_in_the_middle_of_a_word()
    {
        var said = await Site.SayAsync("Mei", Texts.Analects, Texts.Learning, "第二句。", "zh-Hant");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        var hands = await InputMethod.OnAsync(page);
        var composer = await page.ReplyToAsync("第二句。");
        await hands.WriteAsync(("pengyou", "朋友"));
        await hands.ComposeAsync("yuan");
        await Expect(composer.Kept).ToBeVisibleAsync();
        await Expect(composer.Body).ToHaveValueAsync("朋友yuan");
        await hands.CommitAsync("遠方");
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("朋友遠方");
    }
}
