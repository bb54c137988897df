using Annotator.Web.Hosting;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// How a person likes to read, kept in a cookie: size, width, spacing, paper, readings, vertical, single letters as keys.
/// </summary>
public sealed record ReaderSettings(
    int Size = 3, int Width = 2, int Spacing = 2, string Paper = "plain", bool Ruby = true, bool Vertical = false, bool Keys = true)
{
    public const string Cookie = "annotator-reading";
    public const int Sizes = 7;
    public const int Widths = 4;
    public const int Spacings = 3;

    /// <summary>What the cookie says; what it does not say in a known way is as usual.</summary>
    public static ReaderSettings Parse(string? cookie)
    {
        var usual = new ReaderSettings();
        return cookie?.Split('.') is [var size, var width, var spacing, var paper, var ruby, var vertical, var keys]
            ? new ReaderSettings(
                Number(size, Sizes, usual.Size),
                Number(width, Widths, usual.Width),
                Number(spacing, Spacings, usual.Spacing),
                paper is "sepia" ? "sepia" : usual.Paper,
                ruby is not "0",
                vertical is "1",
                keys is not "0")
            : usual;
    }

    /// <summary>What a request's cookie says.</summary>
    public static ReaderSettings Of(HttpContext? http) =>
        Parse(http?.RequestServices.GetRequiredService<Cookies>().Get(http, Cookie));

    /// <summary>As the form says; a box that is not ticked is not sent.</summary>
    public static ReaderSettings Of(IFormCollection form) => Parse(
        $"{form["size"]}.{form["width"]}.{form["spacing"]}.{(form.ContainsKey("sepia") ? "sepia" : "plain")}.{(form.ContainsKey("noruby") ? 0 : 1)}.{(form.ContainsKey("vertical") ? 1 : 0)}.{(form.ContainsKey("nokeys") ? 0 : 1)}");

    public override string ToString() =>
        FormattableString.Invariant($"{Size}.{Width}.{Spacing}.{Paper}.{(Ruby ? 1 : 0)}.{(Vertical ? 1 : 0)}.{(Keys ? 1 : 0)}");

    private static int Number(string text, int most, int usual) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : usual;
}
