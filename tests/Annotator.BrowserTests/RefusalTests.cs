using System.Net.Sockets;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Kernel;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>What cannot be stored or shown is refused in words, and what was typed is still there.</summary>
public sealed class RefusalTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task An_empty_comment_is_missing()
    {
        IsAnswered(400);
        var (page, composer) = await ReplyingAsync();
        var before = await Site.CountAsync();
        await composer.Body.FillAsync("  \n ");
        await composer.Tags.FillAsync("kept");
        await composer.SendAsync();
        await Expect(composer.Problem).ToHaveTextAsync("The comment is missing.");
        await Expect(composer.Body).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(composer.Tags).ToHaveValueAsync("kept");
        Assert.Equal(before, await Site.CountAsync());
        await composer.PostAsync("Now it has words.");
        await Expect(page.Card("Now it has words.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_comment_of_65537_characters_is_one_too_long()
    {
        IsAnswered(400);
        var (page, composer) = await ReplyingAsync();
        var before = await Site.CountAsync();
        await composer.Body.FillAsync(new string('x', Limits.Body + 1));
        await composer.SendAsync();
        await Expect(composer.Problem).ToHaveTextAsync("The comment is too long: at most 65,536 characters.");
        Assert.Equal(Limits.Body + 1, (await composer.Body.InputValueAsync()).Length);
        Assert.Equal(before, await Site.CountAsync());
        await page.ReloadAsync();
        Assert.Equal(Limits.Body + 1, (await composer.Body.InputValueAsync()).Length);

        await composer.Body.FillAsync(new string('x', Limits.Body));
        await composer.SendAsync();
        await Expect(composer.Form).ToHaveCountAsync(0);
        Assert.Equal(before + 1, await Site.CountAsync());
    }

    [Theory]
    [InlineData("javascript:alert(1)", "", "The address is of a kind that is not safe to open.")]
    [InlineData("file:///home/ada/walden.pdf", "", "The address is a file on your computer, which nobody else can open.")]
    [InlineData("ISBN 978-0-14-039044-6", "", "The address is not an ISBN: its check digit is wrong.")]
    [InlineData("no address at all", "", "The address cannot be read: give a web address, a DOI or an ISBN.")]
    [InlineData("", "", "The title is missing.")]
    public async Task A_source_without_a_usable_address_is_refused(string address, string title, string message)
    {
        IsAnswered(400);
        var page = await VisitAsync("Ada");
        var before = await Site.CountAsync();
        await page.GotoAsync("/sources/new");
        await page.GetByLabel("The passage, word for word").FillAsync(Texts.Desperation);
        await page.GetByLabel("Title of the source").FillAsync(title);
        await page.GetByLabel("Address, DOI or ISBN").FillAsync(address);
        await page.GetByLabel("Your comment").FillAsync("My remark");
        await page.Locator("main").Button("Add").ClickAsync();
        await Expect(page.Alert()).ToHaveTextAsync(message);
        await Expect(page.GetByLabel("The passage, word for word")).ToHaveValueAsync(Texts.Desperation);
        await Expect(page.GetByLabel("Address, DOI or ISBN")).ToHaveValueAsync(address);
        await Expect(page.GetByLabel("Your comment")).ToHaveValueAsync("My remark");
        Assert.Equal(before, await Site.CountAsync());
    }

    [Fact]
    public async Task Addresses_of_nothing_are_answered_with_404_and_what_is_not_ones_own_with_403()
    {
        Allow("status of 40");
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "Ada's own.", "en");
        var source = Texts.SourceOf(said);
        var nobody = PublicId.Of(Guid.CreateVersion7());
        var page = await VisitAsync("Mei");
        foreach (var path in new[]
        {
            $"/sources/{nobody}", "/sources/nonsense", $"/a/{nobody}", "/a/1", $"/a/{nobody}/history", "/no/such/page",
            $"{source}?reply={nobody}", $"{source}?edit=x", $"{source}?comment={nobody}", $"/a/{said.PublicId}/history?before=99999999999",
        })
        {
            Assert.Equal(404, await page.StatusOfAsync(path));
            await Expect(page.Heading("There is nothing here")).ToBeVisibleAsync();
            await Expect(page.Locator("main").Link("To the library")).ToBeVisibleAsync();
        }

        Assert.Equal(403, await page.StatusOfAsync($"{source}?edit={said.PublicId}"));
        await Expect(page.Locator(".error")).ToContainTextAsync("Only its author can edit a comment.");
        await Expect(page.Locator("#composer")).ToHaveCountAsync(0);
        var visitor = await VisitAsync();
        Assert.Equal(401, await visitor.StatusOfAsync($"{source}?reply={said.PublicId}"));
        await Expect(visitor.Locator(".error").Link("Sign in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_forged_button_does_not_delete_somebody_elses_comment()
    {
        Allow("status of 403");
        var adas = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "Not yours to delete.", "en");
        await Site.SayAsync("Mei", Texts.Walden, Texts.Desperation, "Mei's own.", "en");
        var page = await VisitAsync("Mei");
        await page.GotoAsync(Texts.SourceOf(adas));
        var button = page.Card("Mei's own.").Button("Delete");
        await button.EvaluateAsync($"button => button.setAttribute('formaction', '/annotations/{adas.PublicId}/delete')");
        await button.ClickAsync();
        await Expect(page.Locator(".error")).ToContainTextAsync("Only its author can delete a comment.");
        await page.GotoAsync(Texts.SourceOf(adas));
        await Expect(page.Card("Not yours to delete.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Script_in_Markdown_is_text()
    {
        var (page, composer) = await ReplyingAsync();
        await composer.PostAsync(
            "<script>window.hacked = 1</script> [here](javascript:window.hacked=2) <img src=x onerror=\"window.hacked=3\"> [there](https://texts.example/) the end");
        var card = page.Card("the end");
        await Expect(card.Locator("script, img, [onerror]")).ToHaveCountAsync(0);
        await Expect(card.Locator(".prose a")).ToHaveTextAsync(["there"]);
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.hacked"));
        await page.ReloadAsync();
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.hacked"));
    }

    [Fact]
    public async Task A_form_that_breaks_off_is_no_failure_of_the_program()
    {
        var address = new Uri(Site.Address);
        var begun = Site.Requests.BeginAsync("/preview?half");
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(address.Host, address.Port, Ct);
            await client.GetStream()
                .WriteAsync(
                    "POST /preview?half HTTP/1.1\r\nHost: here\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nbody=half"u8.ToArray(),
                    Ct);
            await begun;
        }

        await Site.Requests.EndAsync("/preview?half");
        Assert.Empty(Site.TakeErrors());
    }

    private async Task<(IPage Page, Composer Composer)> ReplyingAsync()
    {
        var said = await Site.SayAsync("Mei", Texts.Walden, Texts.Desperation, "Say something.", "en");
        var page = await VisitAsync("Ada");
        await page.GotoAsync($"{Texts.SourceOf(said)}?reply={said.PublicId}");
        return (page, new Composer(page));
    }
}
