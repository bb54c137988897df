using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Sources;

/// <summary>Removes sources and brings them back.</summary>
internal static class SourceEndpoints
{
    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapPost("/sources/{id}/remove", RemoveAsync);
        forms.MapPost("/sources/{id}/restore", RestoreAsync);
    }

    private static async Task<RedirectHttpResult> RemoveAsync(
        string id, HttpContext http, ViewerAccessor viewers, SourceRemoval removal, CancellationToken ct)
    {
        var (viewer, source) = (await viewers.ForAsync(http.User, ct), PublicId.Parse(id, "source"));
        await removal.RemoveAsync(viewer, source, ct);
        return TypedResults.LocalRedirect($"/?removed={PublicId.Of(source)}");
    }

    private static async Task<RedirectHttpResult> RestoreAsync(
        string id, HttpContext http, ViewerAccessor viewers, SourceRemoval removal, CancellationToken ct)
    {
        await removal.RestoreAsync(await viewers.ForAsync(http.User, ct), PublicId.Parse(id, "source"), ct);
        return TypedResults.LocalRedirect($"/sources/{id}");
    }
}
