using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// The part of a source's page that others can change, for pages that are open. It holds no form and no token, so that viewers with
/// the same rights share one rendering; who has written about the source has one of their own.
/// </summary>
internal sealed class CommentaryEndpoints(
    SourceReader sources, ViewerAccessor viewers, PageVersions versions, SharedParts parts, IServiceScopeFactory scopes)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/sources/{id}/commentary",
            (string id, string? marks, [AsParameters] Stretch shown, HttpContext http, CommentaryEndpoints commentary) =>
                commentary.AnswerAsync(id, shown.Query(), marks, http));

    private async Task AnswerAsync(string id, SourceQuery query, string? marks, HttpContext http)
    {
        var ct = http.RequestAborted;
        var viewer = await viewers.ForAsync(http.User, ct);
        var asked = new Asked(
            PublicId.TryParse(id, out var source) ? source : throw new Missing("source"),
            $"/sources/{id}",
            query,
            marks?.Length <= 64 ? marks : null);
        var version = await versions.OfAsync(viewer, source, ct);
        var tag = $"\"{version}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (PageVersions.Matches(http.Request, tag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var whose = await sources.HasOwnAsync(viewer, source, ct) ? $"{viewer.PersonId}" : PageVersions.RightsOf(viewer);
        var shown = $"{asked.Source} {query.Text} {query.Open?.From} {query.Open?.Until}";
        var key =
            $"{shown} {asked.Marks} {version[..version.IndexOf('.', StringComparison.Ordinal)]} {viewer.PersonId is null} {whose} {System.Globalization.CultureInfo.CurrentUICulture.Name}";
        await SendAsync(http, await parts.OfAsync(key, () => RenderAsync(viewer, asked, version), ct), ct);
    }

    private static async Task SendAsync(HttpContext http, Part part, CancellationToken ct)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        var isPacked = http.Request.Headers.AcceptEncoding.Any(e => e?.Contains("gzip", StringComparison.OrdinalIgnoreCase) ?? false);
        if (isPacked)
            http.Response.Headers.ContentEncoding = "gzip";
        var bytes = isPacked ? part.Gzip : part.Html;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, ct);
    }

    // For all who ask for the same: it does not end with the request that came first.
    private async Task<string> RenderAsync(Viewer viewer, Asked asked, string version)
    {
        var reading = await sources.ReadAsync(viewer, asked.Source, asked.Query with { Version = version }, CancellationToken.None);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var article = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SourceArticle.Reading)] = reading,
            [nameof(SourceArticle.WritingState)] = new WritingState(
                viewer, asked.Path, WritingTask.Nothing, null, null)
            {
                Address = reading.Source.WebUri,
                IsWindowed = reading.Window is not null,
                Window = WindowLinks.Begin(reading),
            },
            [nameof(SourceArticle.Version)] = version,
            [nameof(SourceArticle.IsPart)] = true,
            [nameof(SourceArticle.ShownMarks)] = asked.Marks,
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<SourceArticle>(article)).ToHtmlString());
    }

    /// <param name="Path">Of the page.</param>
    /// <param name="Query">Which text of the source is open, and which part of what is said about it.</param>
    /// <param name="Marks">The marks that the page shows in the text, as its <c>data-marks</c> says.</param>
    private sealed record Asked(Guid Source, string Path, SourceQuery Query, string? Marks);

    /// <summary>What the page shows, in public ids.</summary>
    /// <param name="From">See <see cref="OpenRange"/>.</param>
    private sealed record Stretch(string? Snapshot, string? From, string? Until)
    {
        public SourceQuery Query() => new()
        {
            Text = Named(Snapshot, "snapshot"), Open = new OpenRange(Named(From, "passage"), Named(Until, "passage")),
        };

        private static Guid? Named(string? id, string what) =>
            id is not { Length: > 0 } ? null : PublicId.TryParse(id, out var named) ? named : throw new Missing(what);
    }
}
