using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Sources;
using Annotator.Web;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Annotator.Tests.Web;

/// <summary>Pages that are kept for visitors show what is there, in the visitor's own language and look, with forms of their own.</summary>
public sealed partial class VisitorPagesTests : IAsyncLifetime
{
    private readonly Queries _queries = new();
    private TestDatabase? _database;
    private WebApplication? _app;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var builder = AnnotatorApp.Prepare(["--urls", "http://127.0.0.1:0", "--applicationName", "Annotator.Web"]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureDbContext<AnnotatorDb>(options => options.AddInterceptors(_queries));
        _app = AnnotatorApp.Build(builder, _database.ConnectionString, new AnnotatorOptions());
        await _app.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DropAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sources/{source}")]
    [InlineData("/search?q=kept")]
    [InlineData("/a/{comment}")]
    public async Task A_page_is_rendered_once_and_anew_after_something_is_written(string address)
    {
        var written = await WriteAsync("A kept comment");
        var path = address.Replace("{source}", PublicId.Of(written.SourceId), StringComparison.Ordinal)
            .Replace("{comment}", written.PublicId, StringComparison.Ordinal);
        using var visitor = Visitor();
        var first = await QuietlyAsync(async () =>
        {
            var html = await GetAsync(visitor, path);
            var before = _queries.Count;
            Assert.Equal(Plain(html), Plain(await GetAsync(visitor, path)));
            return (html, _queries.Count - before);
        });
        Assert.Equal(0, first.Queries);
        await WriteAsync("A kept answer", written.Id);
        var queries = _queries.Count;
        Assert.NotEqual(Plain(first.Html), Plain(await GetAsync(visitor, path)));
        Assert.NotEqual(queries, _queries.Count);
    }

    [Fact]
    public async Task Each_visitor_has_forms_of_their_own_that_are_accepted()
    {
        using var one = Visitor();
        using var other = Visitor();
        var tokens = new[] { TokenIn(await GetAsync(one, "/")), TokenIn(await GetAsync(other, "/")) };
        Assert.NotEqual(tokens[0], tokens[1]);
        using var answer = await PreferAsync(other, tokens[1]);
        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        using var stolen = await PreferAsync(one, tokens[1]);
        Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);
        Assert.Contains("lang=\"ar\"", await GetAsync(other, "/"), StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", await GetAsync(one, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_has_the_page_is_told_so()
    {
        using var visitor = Visitor();
        await GetAsync(visitor, "/");
        using var second = await visitor.GetAsync(new Uri("/", UriKind.Relative), Ct);
        var tag = second.Headers.ETag!;
        // Also when it was rendered once more meanwhile: the same page has the same tag.
        Assert.Equal(HttpStatusCode.NotModified, await AskAsync(visitor, tag.ToString()));
        using var other = Visitor();
        await GetAsync(other, "/");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(other, tag.ToString()));
        await WriteAsync("Something new");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(visitor, tag.ToString()));
    }

    [Fact]
    public async Task A_page_whose_visitor_left_while_it_was_made_is_not_kept()
    {
        var words = new Queue<string>(["half", "whole"]);
        var leaves = () => { };
        using var kept = new KeptPages(TimeProvider.System);
        var pages = new VisitorPages(Make, Services.GetRequiredService<StoreState>(), Services.GetRequiredService<IAntiforgery>(),
            Services.GetRequiredService<IOptions<AntiforgeryOptions>>(), Services.GetRequiredService<Cookies>(), kept);
        await AskAsync(new CancellationToken(canceled: true));
        Assert.Equal("whole", await AskAsync(Ct));

        Task Make(HttpContext http)
        {
            http.Response.ContentType = "text/html";
            leaves();
            return http.Response.WriteAsync(words.Dequeue(), CancellationToken.None);
        }

        async Task<string> AskAsync(CancellationToken aborted)
        {
            var http = new DefaultHttpContext { RequestServices = Services };
            http.Request.Method = HttpMethods.Get;
            http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new SameForVisitorsAttribute()), "page"));
            http.Response.Body = new MemoryStream();
            leaves = () => { http.RequestAborted = aborted; };
            await pages.InvokeAsync(http);
            http.Response.Body.Position = 0;
            using var reader = new StreamReader(http.Response.Body);
            return await reader.ReadToEndAsync(Ct);
        }
    }

    [Fact]
    public async Task Pages_that_do_not_exist_are_not_kept()
    {
        using var visitor = Visitor();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await visitor.GetAsync(new Uri($"/a/{PublicId.Of(Guid.CreateVersion7())}", UriKind.Relative), Ct);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("<h1", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    // Other tests write into other databases of the same server, which is another state of it: then it is tried again.
    private async Task<(string Html, int Queries)> QuietlyAsync(Func<Task<(string, int)>> act)
    {
        var store = Services.GetRequiredService<StoreState>();
        while (true)
        {
            var before = await store.ReadAsync(Ct);
            var done = await act();
            if (string.Equals(before, await store.ReadAsync(Ct), StringComparison.Ordinal))
                return done;
        }
    }

#pragma warning disable RS0030 // A browser from outside of the program.
    private HttpClient Visitor() => new() { BaseAddress = new Uri(_app!.Urls.First()) };
#pragma warning restore RS0030

    private static async Task<string> GetAsync(HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient visitor, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await visitor.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PreferAsync(HttpClient visitor, string token)
    {
        using var form =
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token, ["culture"] = "ar", ["back"] = "/",
            });
        return await visitor.PostAsync(new Uri("/preferences", UriKind.Relative), form, Ct);
    }

    private async Task<AnnotationView> WriteAsync(string body, Guid? root = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var registration = scope.ServiceProvider.GetRequiredService<Registration>();
        await using var db = await Services.GetRequiredService<IDbContextFactory<AnnotatorDb>>().CreateDbContextAsync(Ct);
        var person = await db.Users.Select(a => (Guid?)a.Id).FirstOrDefaultAsync(Ct)
            ?? (await registration.JoinAsync(new NewMember("writer", "writer@annotator.example", "correct horse battery"), Ct)).Account!.Id;
        return await Services.GetRequiredService<AnnotationWriter>().CreateAsync(new Viewer(person), new AnnotationDraft
        {
            Id = Guid.CreateVersion7(),
            Source = root is null ? new Citation($"urn:x-kept:{Guid.CreateVersion7()}", "Kept", null, "en") : null,
            References = root is { } id ? [id] : [],
            Body = body,
            Language = "en",
        }, Ct);
    }

    private static string TokenIn(string html) => Token().Match(html).Groups["token"].Value;

    private static string Plain(string html) => Token().Replace(html, "");

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Token();

    private sealed class Queries : DbCommandInterceptor
    {
        private int _count;

        public int Count => _count;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            // What counts in the background is no query of a page.
            if (!command.CommandText.Contains("pg_try_advisory_xact_lock", StringComparison.Ordinal)
                && !command.CommandText.Contains("skip locked", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _count);
            }
            return ValueTask.FromResult(result);
        }
    }
}
