using System.Net.Sockets;
using System.Text;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Kernel;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>Somebody brings a text and reads it here.</summary>
public sealed class AddTextTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task A_pasted_text_is_read_with_its_headings_and_readings()
    {
        var page = await OpenAsync();
        await page.GetByLabel("or paste the text").FillAsync("# 吾輩は猫である\n\n<ruby>吾輩<rt>わがはい</rt></ruby>は猫である。名前はまだ無い。\n\n## 二\n\n書生の話。");
        await AddAsync(page);
        await Expect(page.Locator("h1").First).ToHaveTextAsync("吾輩は猫である");
        await Expect(page.Locator("#text ruby rt")).ToHaveTextAsync("わがはい");
        await Expect(page.Locator("#text")).ToHaveAttributeAsync("lang", "ja");
        await Expect(page.Locator(".outline li")).ToHaveCountAsync(2);
        await page.GotoAsync("/sources/text");
        await Expect(page.GetByLabel("or paste the text")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_file_gives_its_title_and_loses_its_scripts()
    {
        var page = await OpenAsync();
        await SendAsync(
            page,
            "page.html",
            "<!DOCTYPE html><html lang='ar'><title>في القراءة</title><body><p onclick='x()'>القراءة بابٌ.</p><script>x()</script></body></html>"u8.ToArray());
        await Expect(page.Locator("h1").First).ToHaveTextAsync("في القراءة");
        await Expect(page.Locator("#text")).ToHaveAttributeAsync("dir", "rtl");
        await Expect(page.Locator("#text [onclick], #text script")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_added_a_text_says_who_reads_it_and_removes_it()
    {
        var text = await Site.AddTextAsync("Ada", "Walden, mine", "en", ReaderTexts.Pond);
        var said = await Site.RemarkAsync("Mei", text, "deliberately", "Word by word.", "en");
        IsAnswered(404);
        var (ada, mei) = (await VisitAsync("Ada"), await VisitAsync("Mei"));
        await mei.GotoAsync(text.Path);
        await Expect(mei.Locator("#text")).ToBeVisibleAsync();
        await Expect(mei.GetByText("This text", new() { Exact = true })).ToHaveCountAsync(0);

        await ada.GotoAsync(text.Path);
        await ada.ToolsAsync();
        await ada.GetByText("This text", new() { Exact = true }).ClickAsync();
        await ada.Locator("main").Button("Only I can read it").ClickAsync();
        await Expect(ada.Locator("[formaction$='shared=true']")).ToHaveCountAsync(1);
        await Expect(ada.Locator("#text")).ToBeVisibleAsync();
        await mei.ReloadAsync();
        await Expect(mei.Card("Word by word.")).ToBeVisibleAsync();
        await Expect(mei.Locator("#text")).ToHaveCountAsync(0);

        await ada.ToolsAsync();
        await ada.GetByText("This text", new() { Exact = true }).ClickAsync();
        await ada.Locator("main").Button("Everyone can read it").ClickAsync();
        await Expect(ada.Locator("[formaction$='shared=false']")).ToHaveCountAsync(1);
        await mei.ReloadAsync();
        await Expect(mei.Locator("#text")).ToBeVisibleAsync();
        await ada.ToolsAsync();
        await ada.GetByText("This text", new() { Exact = true }).ClickAsync();
        await ada.Locator("main").Button("Remove this text").ClickAsync();
        await Expect(ada.Locator("#text")).ToHaveCountAsync(0);
        await Expect(ada.Card("Word by word.")).ToBeVisibleAsync();
        await Site.Removal.DeleteAsync(await Site.MemberAsync("Mei"), said.Id, Ct);
        await ada.GotoAsync(text.Path);
        await Expect(ada.Locator(".error")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_newer_text_takes_the_comments_along_and_lists_what_it_has_not()
    {
        var text = await Site.AddTextAsync(
            "Ada",
            "Walden, twice",
            "en",
            "<p>I went to the woods because I wished to live deliberately.</p>\n<p>Simplicity, simplicity!</p>\n");
        var page = await VisitAsync("Ada");
        foreach (var (from, to, words) in new[] { (0, 58, "I went"), (59, 82, "Simplicity") })
        {
            await page.GotoAsync($"{text.Path}?quote={from}-{to}&words={words}#composer");
            await new Composer(page).PostAsync($"On {words}.");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Add a newer version" }).ClickAsync();
        await page.GetByLabel("or paste the text")
            .FillAsync("A preface.\n\nI went to the woods because I wished very much to live deliberately.");
        await AddAsync(page);
        await Expect(page.Locator("#text .mark.moved").First).ToContainTextAsync("very much");
        await Expect(page.GetByText("1 passage not found in this version")).ToBeVisibleAsync();
        // Folded, they push no card away from its words.
        await Expect(page.Locator(".tray .card")).ToBeHiddenAsync();
        await page.GetByText("1 passage not found in this version").ClickAsync();
        await page.Locator(".tray").GetByRole(AriaRole.Link, new() { Name = "Find again" }).ClickAsync();
        await page.GetByLabel("The words in this text").FillAsync("A preface.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place here" }).ClickAsync();
        await Expect(page.Locator(".tray")).ToHaveCountAsync(0);
        await Expect(page.Locator("#text .mark").First).ToHaveTextAsync("A preface.");
    }

    [Fact]
    public async Task Who_waits_for_others_sees_how_many_come_before()
    {
        var page = await OpenAsync();
        await page.GetByLabel("or paste the text").FillAsync("# Waited for\n\nWords.");
        await using (Site.HoldTexts())
        {
            await AddAsync(page);
            await Expect(page.GetByText("Texts ahead of yours: 1")).ToBeVisibleAsync();
        }

        await Expect(page.Locator("h1").First).ToHaveTextAsync("Waited for");
    }

    [Theory]
    [InlineData("http://127.0.0.1/", "does not fetch from")]
    [InlineData("http://169.254.169.254/latest/meta-data", "does not fetch from")]
    [InlineData("file:///etc/passwd", "not a web address")]
    public async Task An_address_inside_of_the_house_is_refused_in_words(string address, string words)
    {
        IsAnswered(400);
        var page = await OpenAsync();
        await page.GetByLabel("Address of a page").FillAsync(address);
        await AddAsync(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        await Expect(page.GetByLabel("Address of a page")).ToHaveValueAsync(address);
    }

    [Fact]
    public async Task A_broken_file_is_refused_in_words()
    {
        IsAnswered(400);
        var page = await OpenAsync();
        await SendAsync(page, "broken.pdf", "%PDF-1.4 and no more"u8.ToArray());
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("broken and cannot be read");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_with_the_limit_before_it_is_sent_and_by_the_server()
    {
        var page = await OpenAsync();
        var file = Path.Combine(Path.GetTempPath(), $"annotator-large-{Guid.CreateVersion7():N}.txt");
        await using (var large = new FileStream(
            file, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose))
        {
            large.SetLength(Limits.File + 1);
            await page.GetByLabel("or a file").SetInputFilesAsync(file);
            Assert.Contains(
                "at most 25 MB",
                await page.GetByLabel("or a file").EvaluateAsync<string>("input => input.validationMessage"),
                StringComparison.Ordinal);
        }

        // The announced length is enough: nothing of it has to arrive.
        var address = new Uri(Site.Address);
        var cookies = string.Join("; ", (await page.Context.CookiesAsync()).Select(c => $"{c.Name}={c.Value}"));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Ct);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /sources/text HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {2L * Limits.File}\r\nCookie: {cookies}\r\n\r\n"), Ct);
        using var answer = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 413 Payload Too Large", await answer.ReadLineAsync(Ct));
        while (await answer.ReadLineAsync(Ct) is { } line && !line.Contains("at most 25 MB", StringComparison.Ordinal))
            Assert.DoesNotContain("</html>", line, StringComparison.Ordinal);
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await VisitAsync("Ada");
        await page.GotoAsync("/sources/text");
        return page;
    }

    private static async Task SendAsync(IPage page, string name, byte[] content)
    {
        await page.GetByLabel("or a file")
            .SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = content });
        await AddAsync(page);
    }

    private static Task AddAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
}
