using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace Annotator.Web.Hosting;

/// <summary>
/// Links to sources and passages that were merged into others, and forms that were open meanwhile, lead to what there is now; links to
/// sources that were removed are answered so.
/// </summary>
internal static class FormerLinks
{
    /// <summary>The same address with the id of now.</summary>
    /// <returns>Path and query; null where nothing that it names was merged, or where the viewer does not see what there is now.</returns>
    public static async Task<string?> PresentAsync(HttpContext http)
    {
        var named = http.Request.RouteValues.Values.OfType<string>().Concat(http.Request.Query["source"].OfType<string>());
        foreach (var name in named)
        {
            if (!PublicId.TryParse(name, out var id))
                continue;
            var viewer = await http.RequestServices.GetRequiredService<ViewerAccessor>().ForAsync(http.User, http.RequestAborted);
            if (await http.RequestServices.GetRequiredService<SourceReader>()
                .PresentIdAsync(viewer, id, http.RequestAborted) is { } present)
            {
                return http.Request.GetEncodedPathAndQuery().Replace(name, PublicId.Of(present), StringComparison.Ordinal);
            }
        }

        return null;
    }

    /// <summary>The removal of the source or annotation that the address names; null where the viewer has not read it before.</summary>
    public static async Task<RemovedSourceView?> RemovedAsync(HttpContext http)
    {
        foreach (var name in http.Request.RouteValues.Values.OfType<string>())
        {
            if (!PublicId.TryParse(name, out var id))
                continue;
            var viewer = await http.RequestServices.GetRequiredService<ViewerAccessor>().ForAsync(http.User, http.RequestAborted);
            return await http.RequestServices.GetRequiredService<SourceRemoval>().FindAsync(viewer, id, http.RequestAborted);
        }

        return null;
    }

    /// <summary>A form is sent again as it is, so that its text is stored there. Kept by no cache: sources can be parted again.</summary>
    public static void Redirect(HttpContext http, string present)
    {
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        http.Response.Clear();
        http.Response.StatusCode = isRead ? StatusCodes.Status301MovedPermanently : StatusCodes.Status308PermanentRedirect;
        http.Response.Headers[HeaderNames.Location] = present;
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
    }
}
