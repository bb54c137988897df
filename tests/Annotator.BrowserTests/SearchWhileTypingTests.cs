using System.Collections.Concurrent;
using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>On the search page the results follow what stands in the box.</summary>
public sealed class SearchWhileTypingTests(SearchTests.Said site, Browser browser)
    : BrowserTest(site, browser), IClassFixture<SearchTests.Said>
{
    [Fact]
    public async Task A_pause_brings_results_and_no_place_to_go_back_to()
    {
        var page = await OpenAsync();
        var box = page.Locator("#find");
        // Only a change of what is there already is read out.
        await page.Total().EvaluateAsync("total => { window.kept = total; }");
        var entries = await page.EvaluateAsync<int>("history.length");
        await box.PressSequentiallyAsync("Freunde");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await Expect(page.Total()).ToHaveTextAsync("1 result");
        Assert.True(await page.Total().EvaluateAsync<bool>("total => total === window.kept"));
        await Expect(page).ToHaveTitleAsync("Search: Freunde · Annotator");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.TypeAsync("aus ");
        await Expect(page).ToHaveURLAsync("/search?q=aus+Freunde");
        await Expect(page.Results().Locator(".said mark")).ToHaveTextAsync(["Freunde", "aus"]);
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveValueAsync("aus Freunde");
        Assert.Equal(4, await box.EvaluateAsync<int>("box => box.selectionStart"));
        Assert.Equal(entries, await page.EvaluateAsync<int>("history.length"));
        await page.GoBackAsync();
        await Expect(page.Heading("Library")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_space_after_the_word_stays_and_is_no_new_search()
    {
        var page = await OpenAsync();
        var asked = Asked(page);
        await page.Locator("#find").PressSequentiallyAsync("Freunde");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await page.Keyboard.TypeAsync(" ");
        await PauseAsync(page);
        await Expect(page.Locator("#find")).ToHaveValueAsync("Freunde ");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Delete");
        await Expect(page.Locator(".examples")).ToBeVisibleAsync();
        Assert.Equal(["/search?q=Freunde", "/search"], asked);
    }

    [Fact]
    public async Task Nothing_is_asked_for_while_an_input_method_composes()
    {
        var page = await OpenAsync();
        var asked = Asked(page);
        var hands = await InputMethod.OnAsync(page);
        await page.Locator("#find").FocusAsync();
        await hands.ComposeAsync("nei");
        await PauseAsync(page);
        await hands.ComposeAsync("neixin");
        await PauseAsync(page);
        Assert.Empty(asked);
        await hands.EnterAsync();
        await hands.CommitAsync("內心");
        await Expect(page.Results().Locator("mark")).ToHaveTextAsync(["內心"]);
        await Expect(page.Locator("#find")).ToHaveValueAsync("內心");
        Assert.Equal(["/search?q=%E5%85%A7%E5%BF%83"], asked);
    }

    [Fact]
    public async Task Composition_that_begins_within_the_pause_calls_the_search_off()
    {
        var page = await OpenAsync();
        var asked = Asked(page);
        var hands = await InputMethod.OnAsync(page);
        await page.Locator("#find").FocusAsync();
        await hands.WriteAsync(("nei", "內"));
        await hands.ComposeAsync("xin");
        await PauseAsync(page);
        Assert.Empty(asked);
        await hands.CommitAsync("心");
        await Expect(page.Results().Locator("mark")).ToHaveTextAsync(["內心"]);
    }

    [Fact]
    public async Task A_late_answer_does_not_replace_a_newer_one_and_the_old_results_stay_until_then()
    {
        var page = await OpenAsync();
        await page.SearchAsync("內心");
        await Expect(page.Results()).ToContainTextAsync("是內心的喜悅");
        var late = new TaskCompletionSource();
        await page.RouteAsync("**/search?q=Freunde", async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        var over = OverAsync(page, "/search?q=Freunde");
        await page.FillAsync("#find", "Freunde");
        await Expect(page.Locator("#found")).ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Results()).ToContainTextAsync("是內心的喜悅");
        await page.FillAsync("#find", "Often");
        await Expect(page.Results()).ToContainTextAsync("Often misquoted");
        await Expect(page.Locator("#found")).Not.ToHaveAttributeAsync("aria-busy", "true");
        late.SetResult();
        await over;
        await page.DrawnAsync();
        await Expect(page.Results()).ToContainTextAsync("Often misquoted");
        await Expect(page).ToHaveURLAsync("/search?q=Often");
    }

    [Fact]
    public async Task What_cannot_be_fetched_is_said_and_the_next_pause_tries_again()
    {
        Allow("ERR_FAILED");
        Allow("Failed to fetch");
        var page = await OpenAsync();
        await page.SearchAsync("內心");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await page.RouteAsync("**/search?q=Freunde", route => route.AbortAsync());
        await page.FillAsync("#find", "Freunde");
        var note = page.Locator("#blazor-error-ui");
        await Expect(note).ToBeVisibleAsync();
        await Expect(page.Results()).ToContainTextAsync("是內心的喜悅");
        await Expect(page.Locator("#found")).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(page.Locator("#find")).ToHaveValueAsync("Freunde");
        await page.FillAsync("#find", "Freunde aus");
        await Expect(page.Results()).ToContainTextAsync("Freunde aus der Ferne");
        await Expect(note).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Enter_asks_at_once_keeps_the_order_and_is_a_place_to_go_back_to()
    {
        var page = await OpenAsync("/search?q=Freunde&sort=newest");
        await Expect(page.Results()).ToHaveCountAsync(1);
        await page.FillAsync("#find", "Often");
        await page.PressAsync("#find", "Enter");
        await Expect(page).ToHaveURLAsync("/search?q=Often&sort=newest");
        await Expect(page.Results()).ToContainTextAsync("Often misquoted");
        await page.PressAsync("#find", "Enter");
        await PauseAsync(page);
        await page.GoBackAsync();
        await Expect(page.Results()).ToContainTextAsync("Freunde");
        await Expect(page.Locator("#find")).ToHaveValueAsync("Freunde");
    }

    [Fact]
    public async Task Elsewhere_a_pause_asks_for_nothing()
    {
        var page = await OpenAsync("/");
        var asked = Asked(page);
        await page.Locator("#find").PressSequentiallyAsync("Freunde");
        await PauseAsync(page);
        Assert.Empty(asked);
        await Expect(page.Heading("Library")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string path = "/search")
    {
        var page = await VisitAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Lets a second pass at once for the timers of the page, longer than any pause that it waits for.</summary>
    private static async Task PauseAsync(IPage page)
    {
        await page.Clock.RunForAsync(1000);
        // What a timer has asked for was reported before this answer.
        await page.EvaluateAsync("() => fetch('/health/live')");
    }

    /// <summary>Ends when the page has no more to expect of this request: it was answered or called off.</summary>
    private static Task OverAsync(IPage page, string path)
    {
        var over = new TaskCompletionSource();
        void End(object? _, IRequest request)
        {
            if (string.Equals(new Uri(request.Url).PathAndQuery, path, StringComparison.Ordinal))
                over.TrySetResult();
        }

        page.RequestFinished += End;
        page.RequestFailed += End;
        return over.Task;
    }

    /// <summary>The searches that the page asks for from now on.</summary>
    private static ConcurrentQueue<string> Asked(IPage page)
    {
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { AbsolutePath: "/search" } search)
                asked.Enqueue(search.PathAndQuery);
        };
        return asked;
    }
}
