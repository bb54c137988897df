using Annotator.BrowserTests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What cannot be sent is kept in the browser and sent when the server answers again.</summary>
public sealed class WaitingTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task Without_a_connection_it_waits_and_is_sent_once_when_the_connection_is_back()
    {
        Allow("net::ERR_");
        var (page, composer) = await ReplyingAsync("Before the tunnel.");
        await composer.Body.FillAsync("Written in the tunnel");
        await page.Context.SetOfflineAsync(true);
        await composer.SendAsync();
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToHaveTextAsync(
            "Kept on this device. It will be sent when the connection is back.");
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Card("Written in the tunnel")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Card("Written in the tunnel")).ToHaveCountAsync(1);
        await page.ReplyToAsync("Before the tunnel.");
        await Expect(composer.Body).ToHaveValueAsync("");
    }

    [Fact]
    public async Task While_the_server_is_away_it_waits_as_without_a_connection()
    {
        Allow("net::ERR_");
        var (page, composer) = await ReplyingAsync("Before the restart.");
        await composer.Body.FillAsync("Written during the restart");
        await page.RouteAsync("**/*", Away);
        await composer.SendAsync();
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToHaveTextAsync(
            "Kept on this device. It will be sent when the connection is back.");
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await page.UnrouteAsync("**/*", Away);
        await Expect(page.Card("Written during the restart")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Card("Written during the restart")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_waits_is_sent_after_the_page_is_loaded_anew()
    {
        Allow("net::ERR_");
        var (page, composer) = await ReplyingAsync("Before the reload.");
        await composer.Body.FillAsync("Written before the reload");
        await page.RouteAsync("**/*", Away);
        await composer.SendAsync();
        var status = composer.Form.GetByRole(AriaRole.Status);
        await Expect(status).ToContainTextAsync("Kept on this device.");
        await page.ReloadAsync();
        await Expect(composer.Body).ToHaveValueAsync("Written before the reload");
        await Expect(status).ToContainTextAsync("Kept on this device.");
        await page.UnrouteAsync("**/*", Away);
        await Expect(page.Card("Written before the reload")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_waits_is_sent_from_another_page()
    {
        Allow("net::ERR_");
        var (page, composer) = await ReplyingAsync("Before the library.");
        var address = page.Url;
        await composer.Body.FillAsync("Written before the library");
        await composer.Tags.FillAsync("waited");
        await page.RouteAsync("**/*", Away);
        await composer.SendAsync();
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept on this device.");
        await page.GotoAsync("/");
        await page.UnrouteAsync("**/*", Away);
        var told = page.GetByRole(AriaRole.Status).Link("What you wrote without a connection has been posted.");
        await told.ClickAsync();
        await Expect(page.Card("Written before the library")).ToHaveCountAsync(1);
        await Expect(page.Card("Written before the library")).ToContainTextAsync("waited");
        await page.GotoAsync(address);
        await Expect(composer.Body).ToHaveValueAsync("");
    }

    [Fact]
    public async Task What_waits_for_what_has_gone_stays_a_draft()
    {
        Allow("net::ERR_");
        IsAnswered(404);
        var body = "Soon deleted.";
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, body, "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync(Texts.SourceOf(said));
        var composer = await page.ReplyToAsync(body);
        await composer.Body.FillAsync("An answer to nothing");
        await page.RouteAsync("**/*", Away);
        await composer.SendAsync();
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToContainTextAsync("Kept on this device.");
        await page.GotoAsync("/");
        await Site.Removal.DeleteAsync(await Site.MemberAsync("Ada"), said.Id, Ct);
        await page.UnrouteAsync("**/*", Away);
        await Expect(page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link))
            .ToHaveTextAsync("What you wrote without a connection could not be posted. It is kept on this device.");
        var kept = await page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage })");
        Assert.Contains("An answer to nothing", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_goes_on_writing_without_a_connection_is_not_sent_by_itself()
    {
        Allow("net::ERR_");
        var (page, composer) = await ReplyingAsync("In a long tunnel.");
        await composer.Body.FillAsync("Half of it");
        await page.Context.SetOfflineAsync(true);
        await composer.SendAsync();
        var status = composer.Form.GetByRole(AriaRole.Status);
        await Expect(status).ToContainTextAsync("Kept on this device.");
        await composer.Body.FillAsync("Half of it, and");
        await Expect(status).ToHaveTextAsync("");
        await page.Context.SetOfflineAsync(false);
        await composer.PostAsync("Half of it, and the rest");
        await Expect(page.Card("Half of it, and the rest")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_form_that_takes_long_says_that_it_is_being_sent()
    {
        var (page, composer) = await ReplyingAsync("For a slow answer.");
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/sources/**", async route =>
        {
            if (string.Equals(route.Request.Method, "POST", StringComparison.Ordinal))
                await answer.Task;
            await route.ContinueAsync();
        });
        await composer.Body.FillAsync("Slowly sent");
        await composer.SendAsync();
        await Expect(composer.Form.GetByRole(AriaRole.Status)).ToHaveTextAsync("Sending…");
        answer.SetResult();
        await Expect(page.Card("Slowly sent")).ToBeVisibleAsync();
        await Expect(composer.Form).ToHaveCountAsync(0);
    }

    /// <summary>The server takes nothing and is not ready. Pages are answered.</summary>
    private static Task Away(IRoute route) =>
        string.Equals(route.Request.Method, "POST", StringComparison.Ordinal)
        || route.Request.Url.EndsWith("/health/ready", StringComparison.Ordinal)
            ? route.AbortAsync("connectionrefused")
            : route.ContinueAsync();
}
