using System.Net;
using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Tests.Domain.Access;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>What programs that fetch a link are told of the page: of what everybody reads, and of nothing else.</summary>
public sealed class LinkPreviewTests : IAsyncLifetime
{
    private const string Site = "https://notes.example.org";

    private readonly ErrorLog _log = new();
    private TestStore? _store;
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders().AddProvider(_log);
        _app = AnnotatorApp.Build(builder, _store.ConnectionString, RunningProgram.Unlimited with { PublicUrl = Site });
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _store!.DisposeAsync();
    }

    [Fact]
    public async Task Only_what_a_visitor_reads_has_a_preview()
    {
        var matrix = await Matrix.CreateAsync(_store!);
        foreach (var it in matrix.Cases)
        {
            var source = PublicId.Of(it.View.SourceId);
            foreach (var path in new[] { $"/sources/{source}", $"/sources/{source}?at={it.View.PublicId}", $"/a/{it.View.PublicId}" })
            {
                var (status, page) = await GetAsync(path);
                var isOpen = Matrix.IsFor("visitor", it);
                Assert.Equal(isOpen ? HttpStatusCode.OK : HttpStatusCode.NotFound, status);
                Assert.Equal(isOpen, page.Contains("og:title", StringComparison.Ordinal));
                Assert.Equal(isOpen, page.Contains(it.Name, StringComparison.Ordinal));
                if (isOpen)
                    Assert.Equal(Site + path, Of(page, "og:url"));
            }
        }
    }

    [Fact]
    public async Task Source_passage_and_annotation_say_what_they_are()
    {
        var mei = await _store!.PersonAsync("mei");
        var said = await _store.WriteAsync(
            mei, Drafts.CommentOn("學而時習之", "**真**的喜悅", Drafts.Analects) with { Language = "zh-Hant" });
        var source = PublicId.Of(said.SourceId);
        await _store.WriteAsync(mei, Drafts.PageNote("Nobody else reads this secret.", Drafts.Analects).Private());
        var (_, page) = await GetAsync($"/sources/{source}");
        Assert.Equal(("論語", "學而時習之", "zh_TW"), (Of(page, "og:title"), Of(page, "og:description"), Of(page, "og:locale")));
        Assert.Contains("<meta name=\"twitter:card\" content=\"summary\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        var passage = PublicId.Of(said.PassageId!.Value);
        (_, page) = await GetAsync($"/sources/{source}?in={passage}");
        Assert.Equal(("學而時習之", $"{Site}/sources/{source}?in={passage}"), (Of(page, "og:description"), Of(page, "og:url")));
        (_, page) = await GetAsync($"/a/{said.PublicId}");
        Assert.Equal(("mei · 論語", "真的喜悅"), (Of(page, "og:title"), Of(page, "og:description")));
        (_, page) = await GetAsync("/");
        Assert.DoesNotContain("og:", page, StringComparison.Ordinal);
    }

    private static string? Of(string page, string property)
    {
        var parts = page.Split($"<meta property=\"{property}\" content=\"", 2);
        return parts.Length < 2 ? null : WebUtility.HtmlDecode(parts[1].Split('"')[0]);
    }

    private async Task<(HttpStatusCode Status, string Page)> GetAsync(string path)
    {
#pragma warning disable RS0030 // The program itself is what is asked.
        using var browser = new HttpClient { BaseAddress = new Uri(_app!.Urls.Single()) };
#pragma warning restore RS0030
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}
