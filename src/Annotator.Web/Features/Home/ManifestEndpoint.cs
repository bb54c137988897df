using System.Globalization;
using Annotator.Web.Hosting;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Annotator.Web.Features.Home;

/// <summary>
/// What a browser needs to install the site as an app and to offer it where things are shared (W3C Web Application Manifest, with
/// <c>share_target</c>), in the language of the interface.
/// </summary>
internal static class ManifestEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/manifest.webmanifest", Manifest).WithMetadata(new NeedsNoDatabase());

    private static JsonHttpResult<object> Manifest(HttpContext http, Words words)
    {
        http.Response.Headers.Vary = "Accept-Language, Cookie";
        var culture = CultureInfo.CurrentUICulture;
        return TypedResults.Json<object>(
            new
            {
                id = "/",
                name = "Annotator",
                short_name = "Annotator",
                description = words["Layout.Footer"],
                lang = culture.Name,
                dir = culture.TextInfo.IsRightToLeft ? "rtl" : "ltr",
                start_url = "/",
                scope = "/",
                display = "standalone",
                background_color = "#faf8f4",
                theme_color = "#1d5c63",
                icons = new object[]
                {
                    Icon("/icon-192.png", "192x192", "image/png", "any maskable"),
                    Icon("/icon-512.png", "512x512", "image/png", "any maskable"),
                    Icon("/icon.svg", "any", "image/svg+xml", "any"),
                },
                shortcuts = new object[] { new { name = words["Layout.AddSource"], url = "/sources/new" } },
                share_target = new
                {
                    action = "/add",
                    method = "GET",
                    enctype = "application/x-www-form-urlencoded",
                    @params = new { title = "title", text = "text", url = "url" },
                },
            },
            contentType: "application/manifest+json");
    }

    private static object Icon(string src, string sizes, string type, string purpose) => new { src, sizes, type, purpose };
}
