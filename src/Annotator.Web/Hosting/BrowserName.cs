namespace Annotator.Web.Hosting;

/// <summary>What people call the browser and the system that a User-Agent header names, so that they know their sessions apart.</summary>
internal static class BrowserName
{
    // In this order: most browsers name those that they want to be taken for, too.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Safari/", "Safari"),
    ];
    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <returns>Such as <c>Firefox · Linux</c>; empty when nothing in it is known.</returns>
    public static string Of(string userAgent) =>
        string.Join(" · ", new[] { Find(userAgent, Browsers), Find(userAgent, Systems) }.Where(n => n is not null));

    private static string? Find(string userAgent, (string Mark, string Name)[] known) =>
        Array.Find(known, k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
