using System.Net;
using System.Net.Http.Headers;
using Annotator.BrowserTests.Support;
using Annotator.Domain.Annotations;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Annotator.BrowserTests;

/// <summary>The part of a page that others can change, as programs and open pages ask for it.</summary>
public sealed class CommentaryTests(Site site, Browser browser) : BrowserTest(site, browser), IClassFixture<Site>
{
    [Fact]
    public async Task The_part_answers_304_until_something_changes_that_the_viewer_sees()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "The first.", "en");
        using var client = Client();
        var part = await client.GetAsync($"{Texts.SourceOf(said)}/commentary", Ct);
        Assert.Contains("The first.", await part.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("<html", await part.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("__RequestVerificationToken", await part.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(client, $"{Texts.SourceOf(said)}/commentary", part.Headers.ETag!));

        await Site.Writer.CreateAsync(
            await Site.MemberAsync("Ada"),
            new AnnotationDraft
            {
                Id = Guid.CreateVersion7(), References = [said.Id], Body = "Mine alone.", Language = "en", Shared = false,
            },
            Ct);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(client, $"{Texts.SourceOf(said)}/commentary", part.Headers.ETag!));
        await Site.AnswerAsync("Mei", said, "For all.", "en");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, $"{Texts.SourceOf(said)}/commentary", part.Headers.ETag!));
    }

    [Fact]
    public async Task The_page_answers_304_to_a_visitor_who_has_it_and_200_to_one_without_the_cookie_of_its_forms()
    {
        var said = await Site.SayAsync("Ada", Texts.Analects, "", "To be had.", "en");
        var path = Texts.SourceOf(said);
        using var client = Client();
        await client.GetAsync(path, Ct);
        var page = await client.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(client, path, page.Headers.ETag!));
        Assert.False(page.Headers.CacheControl!.NoStore);
        using var other = Client();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, path, page.Headers.ETag!));
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ar");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, path, page.Headers.ETag!));
        client.DefaultRequestHeaders.AcceptLanguage.Clear();
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(client, path, page.Headers.ETag!));
        await Site.AnswerAsync("Mei", said, "Another.", "en");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, path, page.Headers.ETag!));
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_rendering()
    {
        var said = await Site.SayAsync("Ada", Texts.Muqaddimah, "", "Shared.", "en");
        var before = Site.RenderedParts;
        using var client = Client();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => client.GetStringAsync($"{Texts.SourceOf(said)}/commentary", Ct)));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Equal(before + 1, Site.RenderedParts);
    }

    [Fact]
    public async Task The_text_comes_with_the_part_only_where_its_marks_are_others()
    {
        var text = await Site.AddTextAsync("Ada", "Marks", "en", ReaderTexts.Pond);
        var first = await Site.RemarkAsync("Ada", text, "Time is but the stream", "On time.", "en");
        using var client = Client();
        var page = await client.GetStringAsync(Texts.SourceOf(first), Ct);
        var marks = page.Split("data-marks=\"")[1].Split('"')[0];
        await Site.RemarkAsync("Mei", text, "Time is but the stream", "Also on time.", "en");
        var same = await client.GetStringAsync($"{Texts.SourceOf(first)}/commentary?marks={marks}", Ct);
        Assert.Contains("Also on time.", same, StringComparison.Ordinal);
        Assert.DoesNotContain("I went to the woods", same, StringComparison.Ordinal);
        await Site.RemarkAsync("Mei", text, "Simplicity", "On simplicity.", "en");
        Assert.Contains(
            "I went to the woods",
            await client.GetStringAsync($"{Texts.SourceOf(first)}/commentary?marks={marks}", Ct),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_names_at_once_what_was_written_after_the_page_and_nothing_else()
    {
        var said = await Site.SayAsync("Ada", Texts.Walden, "", "Before the page.", "en");
        using var client = Client();
        var shown = (await client.GetStringAsync(Texts.SourceOf(said), Ct)).Split("data-version=\"")[1].Split('"')[0];
        using var quiet = await client.GetAsync(
            $"{Texts.SourceOf(said)}/changes?after={shown}", HttpCompletionOption.ResponseHeadersRead, Ct);
        await Site.AnswerAsync("Mei", said, "After the page.", "en");
        using var late = await client.GetAsync(
            $"{Texts.SourceOf(said)}/changes?after={shown}", HttpCompletionOption.ResponseHeadersRead, Ct);
        var (first, second) = (await EventAsync(quiet), await EventAsync(late));
        Assert.Equal(first, second);
        var part = await client.GetAsync($"{Texts.SourceOf(said)}/commentary", Ct);
        Assert.Equal($"\"{first}\"", part.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task What_one_writes_oneself_is_not_fetched_again_and_what_others_write_is_fetched_as_a_part()
    {
        var first = await Site.SayAsync("Ada", Texts.Walden, Texts.Desperation, "The beginning of it.", "en");
        var page = await VisitAsync("Mei");
        var fetched = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.ResourceType is "fetch" or "document" && request.Method is "GET")
                fetched.Add(new Uri(request.Url).AbsolutePath);
        };
        await page.GotoAsync(Texts.SourceOf(first));
        await page.Locator(".passage").First.Link("Comment").ClickAsync();
        await new Composer(page).PostAsync("My own remark.");
        await Expect(page.Card("My own remark.")).ToBeVisibleAsync();
        await Site.AnswerAsync("Ada", first, "Somebody else's.", "en");
        await Expect(page.Card("Somebody else's.")).ToBeVisibleAsync();
        var source = Texts.SourceOf(first);
        // The page, the composer, the page after it was sent; then the part, once.
        Assert.Equal([source, source, source, $"{source}/commentary"], fetched);
    }

#pragma warning disable RS0030 // The program itself is what is asked.
    private HttpClient Client() =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(Site.Address) };
#pragma warning restore RS0030

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static async Task<string> EventAsync(HttpResponseMessage stream)
    {
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Ct));
        while (await reader.ReadLineAsync(Ct) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                return line[4..];
        }

        throw new EndOfStreamException();
    }
}
