using System.Collections.Concurrent;
using System.Text;
using Annotator.BrowserTests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The managing pages: settings, and what all pages with a circuit have in common.</summary>
public sealed class SettingsTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task A_name_in_any_script_is_saved_and_shown()
    {
        var page = await OpenAsync("Wang", "/settings");
        var hands = await InputMethod.OnAsync(page);
        await page.Locator("#display").FocusAsync();
        await hands.WriteAsync(("wang", "王"), ("mei", "梅"));
        await Expect(page.Locator("#display")).ToHaveValueAsync("王梅");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main [role=status]").First).ToHaveTextAsync("Saved.");
        await Expect(page.Locator("#display")).ToHaveValueAsync("王梅");
        await page.ReloadAsync();
        await Expect(page.Locator("#display")).ToHaveValueAsync("王梅");
    }

    [Fact]
    public async Task A_name_that_cannot_be_one_is_refused_and_kept_in_its_field()
    {
        var page = await OpenAsync("Mei", "/settings");
        await page.Locator("#display").EvaluateAsync("box => box.removeAttribute('maxlength')");
        await page.FillAsync("#display", new string('m', 5_000));
        await page.Locator("main").Button("Save").ClickAsync();
        await Expect(page.Alert()).ToContainTextAsync("too long");
        await AssertRefusedAsync(page, "#display", "display-problem");
        await Expect(page.Locator("#display")).ToHaveValueAsync(new string('m', 5_000));
    }

    [Fact]
    public async Task A_new_password_is_taken_for_the_present_one_only_and_nobody_is_signed_out()
    {
        const string changed = "correct horse staple";
        await Site.MemberAsync("Ida");
        var page = await VisitAsync();
        await SignInAsync(page, "Ida", Site.Password);
        await ChangePasswordAsync(page, "not the present one", changed);
        await Expect(page.Alert()).ToHaveTextAsync("The current password is wrong.");
        await AssertRefusedAsync(page, "#old", "password-problem");
        await ChangePasswordAsync(page, Site.Password, "password");
        await AssertRefusedAsync(page, "#new", "password-problem");
        await Expect(page.Locator("#old")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await ChangePasswordAsync(page, Site.Password, changed);
        await Expect(page.Locator("p[role=status]")).ToHaveTextAsync("Saved.");
        await page.ReloadAsync();
        await Expect(page.Heading("Settings")).ToBeVisibleAsync();

        var other = await VisitAsync();
        await SignInAsync(other, "Ida", changed);
        await Expect(other.Heading("Settings")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/settings", "#display")]
    [InlineData("/import", "#title")]
    [InlineData("/import", "#address")]
    [InlineData("/import", "#paste")]
    public async Task No_key_travels_to_the_server(string path, string field)
    {
        var page = await VisitAsync("Mei");
        var sent = new ConcurrentQueue<string>();
        page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => sent.Enqueue(Encoding.ASCII.GetString(frame.Binary ?? []));
        await GoAsync(page, path);
        await page.Locator(field).FocusAsync();
        var hands = await InputMethod.OnAsync(page);
        var events = Events();
        await hands.WriteAsync(("jianpu", "簡樸"), ("zaijianpu", "再簡樸"));
        await Expect(page.Locator(field)).ToHaveValueAsync(
            new System.Text.RegularExpressions.Regex("簡樸再簡樸$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal(events, Events());
        // A button does send one: what is counted is what Blazor sends.
        await page.Locator("main button[type=submit], main .row.end button").First.ClickAsync();
        await Expect(page.Locator("main h2, main [role=status]:not(:empty), main [role=alert]:not(:empty)").First).ToBeVisibleAsync();
        Assert.True(Events() > events);

        int Events() => sent.Count(frame => frame.Contains("DispatchEvent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light, "en")]
    [InlineData(ColorScheme.Dark, "en")]
    [InlineData(ColorScheme.Light, "ar")]
    [InlineData(ColorScheme.Dark, "ar")]
    public async Task Axe_finds_no_fault_in_the_settings(ColorScheme scheme, string language)
    {
        var page = await OpenAsync(
            "Mei", "/settings", new() { ColorScheme = scheme, Locale = language, ViewportSize = new() { Width = 390, Height = 844 } });
        var faults = (await page.RunAxe()).Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help}\n  {n.Html}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        await Expect(page.Locator("html")).ToHaveAttributeAsync(
            "dir", string.Equals(language, "ar", StringComparison.Ordinal) ? "rtl" : "ltr");
    }

    [Fact]
    public async Task The_old_address_of_the_settings_still_leads_there()
    {
        var page = await OpenAsync("Mei", "/account");
        await Expect(page.Heading("Settings")).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(string name, string path, BrowserNewContextOptions? options = null)
    {
        var page = await VisitAsync(name, options);
        await GoAsync(page, path);
        return page;
    }

    // The fields are closed until the circuit is there.
    private static async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("main input:visible").Last).ToBeEnabledAsync();
    }

    private static async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GotoAsync("/sign-in?back=%2Fsettings");
        await page.FillAsync("#name", name);
        await page.FillAsync("#password", password);
        await page.ClickAsync("main button[type=submit]");
        await Expect(page.Heading("Settings")).ToBeVisibleAsync();
    }

    private static async Task AssertRefusedAsync(IPage page, string field, string problem)
    {
        await Expect(page.Locator(field)).ToBeFocusedAsync();
        await Expect(page.Locator(field)).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Contains(problem, (await page.Locator(field).GetAttributeAsync("aria-describedby"))!.Split(' '));
        await Expect(page.Locator($"#{problem}")).ToBeVisibleAsync();
    }

    private static async Task ChangePasswordAsync(IPage page, string old, string changed)
    {
        await page.FillAsync("#old", old);
        await page.FillAsync("#new", changed);
        await page.Locator("main").Button("Change password").ClickAsync();
    }
}
