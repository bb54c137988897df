using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Annotator.Web.Components.Layout;
using Annotator.Web.Hosting;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Sources;

/// <summary>Shares, keeps and removes a text, and sets how texts are shown to this reader.</summary>
internal static class SnapshotEndpoints
{
    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapPost("/snapshots/{id}/share", ShareAsync);
        forms.MapPost("/snapshots/{id}/remove", RemoveAsync);
        forms.MapPost("/preferences/reading", PreferAsync);
    }

    private static async Task<RedirectHttpResult> ShareAsync(
        string id, bool shared, HttpContext http, ViewerAccessor viewers, SourceTexts texts, CancellationToken ct)
    {
        var source = await texts.ShareAsync(await viewers.ForAsync(http.User, ct), PublicId.Parse(id, "snapshot"), shared, ct);
        return TypedResults.LocalRedirect($"/sources/{PublicId.Of(source)}?snapshot={id}");
    }

    private static async Task<RedirectHttpResult> RemoveAsync(
        string id, HttpContext http, ViewerAccessor viewers, SourceTexts texts, SourceReader sources, CancellationToken ct)
    {
        var viewer = await viewers.ForAsync(http.User, ct);
        var source = await texts.RemoveAsync(viewer, PublicId.Parse(id, "snapshot"), ct);
        return TypedResults.LocalRedirect(await sources.IsReadableAsync(viewer, source, ct) ? $"/sources/{PublicId.Of(source)}" : "/");
    }

    private static async Task<RedirectHttpResult> PreferAsync(HttpContext http, Cookies cookies, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        cookies.Keep(http, ReaderSettings.Cookie, ReaderSettings.Of(http).With(form).ToString());
        Theme.Keep(http, cookies, form["paper"]);
        return TypedResults.LocalRedirect(Forms.LocalPath(form["back"].FirstOrDefault()));
    }
}
