using System.Globalization;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;
using Annotator.Web.Hosting;
using ContentHttpResult = Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult;
using NotFound = Annotator.Domain.Kernel.NotFound;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features;

/// <summary>What one key or button does in a text: it posts, the page is shown again.</summary>
internal static class TextActions
{
    public static void MapTextActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sources/{id}/highlights", HighlightAsync);
        routes.MapPost("/passages/{id}/place", PlaceAsync);
        routes.MapPost("/passages/{id}/pin", PinAsync);
        routes.MapPost("/snapshots/{id}/share", ShareAsync);
        routes.MapPost("/snapshots/{id}/remove", RemoveAsync);
        routes.MapPost("/preview", PreviewAsync);
    }

    private static async Task<RedirectHttpResult> HighlightAsync(string id, HttpContext http, ViewerAccessor viewers, AnnotationWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var form = await Actions.TakeFormAsync(http);
        var made = await writer.CreateAsync(
            await viewers.ForAsync(http.User, ct),
            new AnnotationDraft
            {
                Id = Guid.TryParseExact(form["Id"], "N", out var known) && known != Guid.Empty ? known : PublicId.New(clock),
                SourceId = Id(id, "source"),
                SnapshotId = Id(form["Snapshot"], "snapshot"),
                Quote = Selected(form),
            },
            ct
        );
        return TypedResults.LocalRedirect($"/sources/{id}?at={made.PublicId}&made={made.PublicId}#m-{PublicId.Of(made.PassageId!.Value)}");
    }

    private static async Task<RedirectHttpResult> PlaceAsync(string id, HttpContext http, ViewerAccessor viewers, PassagePlacer placer, CancellationToken ct)
    {
        var form = await Actions.TakeFormAsync(http);
        return await SayAsync(http, viewers, placer, Id(id, "passage"), Id(form["Snapshot"], "snapshot"), Selected(form), ct);
    }

    private static async Task<RedirectHttpResult> PinAsync(string id, string snapshot, HttpContext http, ViewerAccessor viewers, PassagePlacer placer, CancellationToken ct)
    {
        await Actions.TakeFormAsync(http);
        return await SayAsync(http, viewers, placer, Id(id, "passage"), Id(snapshot, "snapshot"), null, ct);
    }

    private static async Task<RedirectHttpResult> SayAsync(
        HttpContext http, ViewerAccessor viewers, PassagePlacer placer, Guid passage, Guid snapshot, Quote? quote, CancellationToken ct)
    {
        var source = await placer.PlaceAsync(await viewers.ForAsync(http.User, ct), passage, snapshot, quote, ct);
        return TypedResults.LocalRedirect($"/sources/{PublicId.Of(source)}?snapshot={PublicId.Of(snapshot)}#p-{PublicId.Of(passage)}");
    }

    private static async Task<RedirectHttpResult> ShareAsync(string id, bool shared, HttpContext http, ViewerAccessor viewers, SourceTexts texts, CancellationToken ct)
    {
        await Actions.TakeFormAsync(http);
        var source = await texts.ShareAsync(await viewers.ForAsync(http.User, ct), Id(id, "snapshot"), shared, ct);
        return TypedResults.LocalRedirect($"/sources/{PublicId.Of(source)}?snapshot={id}");
    }

    private static async Task<RedirectHttpResult> RemoveAsync(string id, HttpContext http, ViewerAccessor viewers, SourceTexts texts, SourceReader sources, CancellationToken ct)
    {
        await Actions.TakeFormAsync(http);
        var viewer = await viewers.ForAsync(http.User, ct);
        var source = await texts.RemoveAsync(viewer, Id(id, "snapshot"), ct);
        return TypedResults.LocalRedirect(await sources.IsReadableAsync(viewer, source, ct) ? $"/sources/{PublicId.Of(source)}" : "/");
    }

    /// <summary>A comment as it will be shown. The header <c>Content-Language</c> tells what language it is taken for.</summary>
    private static async Task<ContentHttpResult> PreviewAsync(HttpContext http, ViewerAccessor viewers, LanguageDetector detector, CancellationToken ct)
    {
        var form = await Actions.TakeFormAsync(http);
        (await viewers.ForAsync(http.User, ct)).RequirePerson();
        var body = form["body"].ToString();
        if (body.Length > Limits.Body)
            throw new Invalid("body", "too_long", Limits.Body);
        http.Response.Headers.ContentLanguage = detector.Detect(body).Value;
        return TypedResults.Content(MarkdownRenderer.ToHtml(UserText.TryClean(body, Limits.Body, out var clean, out _) ? clean : ""), "text/html");
    }

    private static Quote Selected(IFormCollection form) =>
        new(form["Exact"].ToString(), form["Prefix"].ToString(), form["Suffix"].ToString(), Number(form["Start"]), Number(form["End"]));

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Guid Id(string? id, string what) => PublicId.TryParse(id, out var guid) ? guid : throw new NotFound(what);
}
