using Annotator.Web.Hosting;

namespace Annotator.Web.Components.Layout;

/// <summary>Light, sepia, dark, or as the reader's system has it; kept in a cookie.</summary>
internal static class Theme
{
    public const string Cookie = "annotator-theme";
    public const string System = "system";

    public static IReadOnlyList<string> All { get; } = [System, "light", "sepia", "dark"];

    /// <summary>The theme that a request asks for; <see cref="System"/> when its cookie names none that there is.</summary>
    public static string Of(HttpContext? http) =>
        http?.RequestServices.GetRequiredService<Cookies>().Get(http, Cookie) is { } theme
        && All.Contains(theme, StringComparer.Ordinal) ? theme : System;

    /// <summary>Keeps what a form says; what is no theme changes nothing.</summary>
    public static void Keep(HttpContext http, Cookies cookies, string? theme)
    {
        if (theme is not null && All.Contains(theme, StringComparer.Ordinal))
            cookies.Keep(http, Cookie, theme);
    }
}
