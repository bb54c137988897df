using Annotator.Domain.Exchange.Demo;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Home;

/// <summary>Removes the demo library.</summary>
internal static class DemoEndpoints
{
    public static void Map(RouteGroupBuilder forms) => forms.MapPost("/demo/remove", RemoveAsync);

    private static async Task<RedirectHttpResult> RemoveAsync(
        HttpContext http, ViewerAccessor viewers, DemoLibrary demo, LibraryMenu menu, CancellationToken ct)
    {
        await demo.RemoveAsync(await viewers.ForAsync(http.User, ct), ct);
        menu.Forget();
        return TypedResults.LocalRedirect("/");
    }
}
