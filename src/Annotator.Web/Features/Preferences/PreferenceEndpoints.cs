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

    private static async Task<RedirectHttpResult> PreferAsync(HttpContext http, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var options = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true };
        if (form["culture"].FirstOrDefault() is { } name
            && Localization.Cultures.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)) is { } culture)
        {
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, Value(culture), options);
        }
        if (form["theme"].FirstOrDefault() is { } theme && Theme.All.Contains(theme, StringComparer.Ordinal))
            http.Response.Cookies.Append(Theme.Cookie, theme, options);
        return TypedResults.LocalRedirect(Forms.LocalPath(form["back"].FirstOrDefault()));
    }

    private static string Value(CultureInfo culture) => CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture));
}
