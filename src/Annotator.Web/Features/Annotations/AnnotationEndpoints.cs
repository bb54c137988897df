using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Reading;
using Annotator.Domain.Text;
using Annotator.Web.Hosting;
using ContentHttpResult = Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Annotations;

/// <summary>Deletes and restores annotations, and shows what a comment will look like.</summary>
internal static class AnnotationEndpoints
{
    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapPost("/annotations/{id}/delete", DeleteAsync);
        forms.MapPost("/annotations/{id}/restore", RestoreAsync);
        forms.MapPost("/preview", PreviewAsync)
            .WithMetadata(new TakesUpToAttribute(BodyLimits.Writing), new LimitedAttribute(LimitedAction.Search));
    }

    private static async Task<RedirectHttpResult> DeleteAsync(
        string id, HttpContext http, ViewerAccessor viewers, AnnotationRemoval removal, AnnotationReader reader, SourceReader sources,
        CancellationToken ct)
    {
        var viewer = await viewers.ForAsync(http.User, ct);
        var annotation = await reader.FindAsync(viewer, PublicId.Parse(id, "annotation"), ct);
        await removal.DeleteAsync(viewer, annotation.Id, ct);
        var source = await sources.IsReadableAsync(viewer, annotation.SourceId, ct) ? $"/sources/{PublicId.Of(annotation.SourceId)}" : "/";
        return TypedResults.LocalRedirect($"{source}?undo={id}");
    }

    private static async Task<RedirectHttpResult> RestoreAsync(
        string id, HttpContext http, ViewerAccessor viewers, AnnotationRemoval removal, CancellationToken ct)
    {
        var restored = await removal.RestoreAsync(await viewers.ForAsync(http.User, ct), PublicId.Parse(id, "annotation"), ct);
        return TypedResults.LocalRedirect($"/sources/{PublicId.Of(restored.SourceId)}?at={restored.PublicId}#a-{restored.PublicId}");
    }

    /// <summary>
    /// A comment as it will be shown, as HTML. The header <c>Content-Language</c> holds the language that was recognised.
    /// </summary>
    private static async Task<ContentHttpResult> PreviewAsync(
        HttpContext http, ViewerAccessor viewers, LanguageDetector detector, CancellationToken ct)
    {
        (await viewers.ForAsync(http.User, ct)).RequirePerson();
        var body = (await http.Request.ReadFormAsync(ct))["body"].ToString();
        if (body.Length > Limits.Body)
            throw new Invalid("body", "too_long", Limits.Body);
        http.Response.Headers.ContentLanguage = detector.Detect(body).Value;
        return TypedResults.Content(
            MarkdownRenderer.ToHtml(UserText.TryClean(body, Limits.Body, out var clean, out _) ? clean : ""), "text/html");
    }
}
