using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Annotator.Web.Features.Sources;

/// <summary>Answers 304 to a browser that has the page of a source as it is, after one query and before anything is rendered.</summary>
internal static class UnchangedPages
{
    public static IApplicationBuilder UseUnchangedPages(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!PageVersions.MayBeUnchanged(http) || !IsSourcePage(http, out var source) || !await IsUnchangedAsync(http, source))
            await next(http);
    });

    /// <summary>Gives the page its ETag. Forms say "no-store", which a visitor's page need not be: it shows what everybody sees.</summary>
    public static void Mark(HttpContext http, Viewer viewer, string tag)
    {
        if (http.Response.HasStarted || !HttpMethods.IsGet(http.Request.Method))
            return;
        http.Response.Headers.ETag = tag;
        if (viewer.PersonId is null)
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.CacheControl = "private, no-cache";
                http.Response.Headers.Pragma = default;
                return Task.CompletedTask;
            });
    }

    private static bool IsSourcePage(HttpContext http, out Guid source)
    {
        source = default;
        return http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(Read)
            && PublicId.TryParse($"{http.GetRouteValue(nameof(Read.Id))}", out source);
    }

    private static async Task<bool> IsUnchangedAsync(HttpContext http, Guid source)
    {
        var services = http.RequestServices;
        var viewer = await services.GetRequiredService<ViewerAccessor>().ForAsync(http.User, http.RequestAborted);
        var versions = services.GetRequiredService<PageVersions>();
        var tag = versions.TagOf(http, await versions.OfAsync(viewer, source, http.RequestAborted));
        if (!PageVersions.Matches(http.Request, tag))
            return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        http.Response.Headers.ETag = tag;
        return true;
    }
}
