using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Annotator.Web.Features.Annotations;

/// <summary>
/// The tags of the library that the viewer may see, as a list in JSON, the commonest first: tags.js offers them to a writer.
/// </summary>
internal static class TagEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/tags", TagsAsync).WithMetadata(new LimitedAttribute(LimitedAction.Search, HttpMethods.Get));

    private static async Task<JsonHttpResult<IEnumerable<string>>> TagsAsync(
        HttpContext http, ViewerAccessor viewers, LibraryMenu menu, CancellationToken ct)
    {
        var viewer = await viewers.ForAsync(http.User, ct);
        viewer.RequirePerson();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(await menu.TagsAsync(viewer, ct));
    }
}
