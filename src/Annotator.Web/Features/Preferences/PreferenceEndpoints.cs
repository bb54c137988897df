using System.Globalization;
using Annotator.Web.Components.Layout;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Localization;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Preferences;

/// <summary>Language of the interface and theme, kept in cookies.</summary>
internal static class PreferenceEndpoints
{
    public static void Map(RouteGroupBuilder forms) => forms.MapPost("/preferences", PreferAsync);

    private static async Task<RedirectHttpResult> PreferAsync(HttpContext http, Cookies cookies, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        if (form["culture"].FirstOrDefault() is { } name
            && Localization.Cultures.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)) is { } culture)
        {
            cookies.Keep(http, Cookies.Language, Value(culture));
        }
        Theme.Keep(http, cookies, form["theme"]);
        return TypedResults.LocalRedirect(Forms.LocalPath(form["back"].FirstOrDefault()));
    }

    private static string Value(CultureInfo culture) => CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture));
}
