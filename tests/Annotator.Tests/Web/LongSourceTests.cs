using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>A source with 10,000 passages is pages of bounded size that lead to each other, without a script.</summary>
public sealed partial class LongSourceTests : IAsyncLifetime
{
    private const int Passages = 10_000;
    private const int MostBytes = 500_000;

    private TestDatabase? _database;
    private WebApplication? _app;
    private readonly HttpMessageInvoker _visitor = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        _app = AnnotatorApp.Build(builder, _database.ConnectionString, new AnnotatorOptions());
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _app!.DisposeAsync();
        await _database!.DropAsync();
    }

    [Fact]
    public async Task Each_passage_is_on_one_of_its_pages_and_each_link_arrives()
    {
        var (source, drafts) = await WriteAsync();
        var (seen, pages) = (new List<string>(), new List<string>());
        for (var path = $"/sources/{source}"; path is not null; path = Link(pages[^1], "next"))
        {
            pages.Add(await GetAsync(path));
            Assert.InRange(Encoding.UTF8.GetByteCount(pages[^1]), 1, MostBytes);
            seen.AddRange(Section().Matches(pages[^1]).Select(m => m.Groups["id"].Value));
        }

        Assert.Equal(Passages, seen.Count);
        Assert.Equal(Passages, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.All(pages, p => Assert.Contains("10,000 passages", p, StringComparison.Ordinal));
        Assert.Equal(seen[^400..^200], Section().Matches(await GetAsync(Link(pages[^1], "prev")!)).Select(m => m.Groups["id"].Value));
        for (var i = 0; i < Passages; i += 811)
        {
            Assert.Contains($"id=\"p-{seen[i]}\"", await GetAsync($"/sources/{source}?in={seen[i]}"), StringComparison.Ordinal);
            var comment = PublicId.Of(drafts[i].Id);
            var permalink = await GetAsync($"/a/{comment}");
            Assert.Contains($"href=\"/sources/{source}?in={comment}#a-{comment}\"", permalink, StringComparison.Ordinal);
            Assert.Contains($"id=\"a-{comment}\"", await GetAsync($"/sources/{source}?in={comment}"), StringComparison.Ordinal);
        }

        using var numbered = await AskAsync($"/sources/{source}?number=7777");
        Assert.Equal(HttpStatusCode.Found, numbered.StatusCode);
        var (named, location) = (seen[7776], numbered.Headers.Location!.OriginalString);
        Assert.EndsWith($"/sources/{source}?in={named}#p-{named}", location, StringComparison.Ordinal);
        var part = await GetAsync(WebUtility.HtmlDecode(Commentary().Match(pages[17]).Groups["path"].Value));
        Assert.Equal(seen[3400..3600], Section().Matches(part).Select(m => m.Groups["id"].Value));
        Assert.InRange(Encoding.UTF8.GetByteCount(await GetAsync($"/sources/{source}/commentary")), 1, 2 * MostBytes);
    }

    private async Task<(string Source, List<AnnotationDraft> Drafts)> WriteAsync()
    {
        var citation = Drafts.Unique("A very long source");
        var time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var drafts = Enumerable.Range(0, Passages)
            .Select(i => Drafts.CommentOn(
                new Quote($"Passage {i} of a source of which very many speak, each of them of other words in it.", Start: 100 * i),
                $"What **strikes** me in {i}: the sentence turns on its last word.",
                citation).Imported($"person{i % 50}", time.AddMinutes(i)) with { Language = "en" })
            .ToList();
        await _app!.Services.GetRequiredService<BatchWriter>().WriteAsync(drafts, Ct);
        var first = await _app.Services.GetRequiredService<AnnotationReader>().FindAsync(Viewer.Visitor, drafts[0].Id, Ct);
        return (PublicId.Of(first.SourceId), drafts);
    }

    private async Task<string> GetAsync(string path)
    {
        using var answer = await AskAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private Task<HttpResponseMessage> AskAsync(string path) =>
        _visitor.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(_app!.Urls.First()), path)), Ct);

    private static string? Link(string page, string rel) =>
        Regex.Match(page, $"rel=\"{rel}\" href=\"([^\"#]+)[^\"]*\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<section class=\"place passage\" id=\"p-(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex("data-commentary=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Commentary();
}
