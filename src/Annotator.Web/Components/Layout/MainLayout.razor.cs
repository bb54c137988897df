using System.Globalization;
using System.Security.Claims;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Annotator.Web.Components.Layout;

/// <summary>The frame of every page: search, account menu, preferences.</summary>
public sealed partial class MainLayout(NavigationManager navigation, IHttpContextAccessor http)
{
    private string Here => "/" + navigation.ToBaseRelativePath(navigation.Uri);

    // With the address of the page: because of the base element, "#main" alone would lead to the home page.
    private string SkipLink => Shown.Split('#')[0] + "#main";

    // An error page is shown under the address of what has failed.
    private string Shown => http.HttpContext?.Features.Get<IStatusCodeReExecuteFeature>() is { } failed
        ? $"{failed.OriginalPathBase}{failed.OriginalPath}{failed.OriginalQueryString}"
        : Here;

    // Where to go after signing in or up. From these two pages it is where they lead, else one would stand before a form again.
    private string Destination => Here.Split('?')[0] is "/sign-in" or "/sign-up" ? Forms.LocalPath(Query("back")) : Here;

    private string? Query(string name) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(name, out var value) ? value.ToString() : null;

    private static string Name(ClaimsPrincipal user) => user.Identity?.Name ?? "";

    private static string Initial(ClaimsPrincipal user) =>
        StringInfo.GetNextTextElement(Name(user)).ToUpper(CultureInfo.CurrentCulture);
}
