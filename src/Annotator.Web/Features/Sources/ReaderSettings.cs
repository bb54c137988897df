using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Web.Hosting;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// How a person likes to read, kept in a cookie: size, width, spacing, the typeface for each script, readings, which sources have
/// vertical lines, single letters as keys. The paper is that of the whole site, see <see cref="Components.Layout.Theme"/>.
/// </summary>
public sealed record ReaderSettings(int Size = 3, int Width = 2, int Spacing = 2, bool Ruby = true, bool Keys = true)
{
    public const string Cookie = "annotator-reading";
    public const int Sizes = 7;
    public const int Widths = 4;
    public const int Spacings = 3;

    /// <summary>The first is the usual one.</summary>
    public static readonly IReadOnlyList<string> Typefaces = ["serif", "sans", Clear];

    // The newest of the sources that are vertical: a cookie holds 4 KB, and all requests carry it.
    private const int MostVertical = 40;

    // For people with dyslexia. There are such faces for some scripts only.
    private const string Clear = "clear";
    private const char Between = '~';

    // Names of scripts with that of the typeface, as in Arabic-sans.
    private string[] Faces { get; init; } = [];

    // Public ids, the newest last.
    private string[] Vertical { get; init; } = [];

    /// <summary>What the cookie says; what it does not say in a known way is as usual.</summary>
    public static ReaderSettings Parse(string? cookie)
    {
        var usual = new ReaderSettings();
        return cookie?.Split('.') is [var size, var width, var spacing, var faces, var ruby, var vertical, var keys]
            ? new ReaderSettings(
                Number(size, Sizes, usual.Size),
                Number(width, Widths, usual.Width),
                Number(spacing, Spacings, usual.Spacing),
                ruby is not "0",
                keys is not "0")
            {
                Faces = [.. faces.Split(Between).Where(IsFace)],
                Vertical = [.. vertical.Split(Between).Where(id => PublicId.TryParse(id, out _)).TakeLast(MostVertical)],
            }
            : usual;
    }

    /// <summary>What a request's cookie says.</summary>
    public static ReaderSettings Of(HttpContext? http) =>
        Parse(http?.RequestServices.GetRequiredService<Cookies>().Get(http, Cookie));

    /// <summary>As a form says about one source and the script of its text; a box that is not ticked is not sent.</summary>
    public ReaderSettings With(IFormCollection form)
    {
        var (source, script) = (form["source"].ToString(), form["script"].ToString());
        var isVertical = form.ContainsKey("vertical");
        return Parse(new ReaderSettings(
            Number(form["size"].ToString(), Sizes, Size),
            Number(form["width"].ToString(), Widths, Width),
            Number(form["spacing"].ToString(), Spacings, Spacing),
            !form.ContainsKey("noruby"),
            !form.ContainsKey("nokeys"))
        {
            Faces = [.. Faces.Where(f => !f.StartsWith(script + "-", StringComparison.Ordinal)), $"{script}-{form["face"]}"],
            Vertical =
            [
                .. Vertical.Where(id => !string.Equals(id, source, StringComparison.Ordinal)),
                .. isVertical ? (string[])[source] : [],
            ],
        }.ToString());
    }

    /// <summary>The typeface for texts in a language: one of <see cref="Typefaces"/>.</summary>
    public string FaceFor(string language) => FacesFor(language)
        .FirstOrDefault(face => Faces.Contains($"{ScriptOf(language)}-{face}", StringComparer.Ordinal), Typefaces[0]);

    /// <summary>The typefaces that there are for texts in a language.</summary>
    public static IEnumerable<string> FacesFor(string language) =>
        Typefaces.Where(face => face is not Clear || Script(language) is WritingSystem.Latin);

    public static string ScriptOf(string language) => $"{Script(language)}";

    /// <param name="source">Public id.</param>
    public bool IsVertical(string source) => Vertical.Contains(source, StringComparer.Ordinal);

    public override string ToString() => string.Join(
        '.', Size, Width, Spacing, string.Join(Between, Faces), Ruby ? 1 : 0, string.Join(Between, Vertical), Keys ? 1 : 0);

    private static WritingSystem Script(string language) => Scripts.Of(LanguageTag.TryParse(language, out var tag) ? tag : default);

    private static bool IsFace(string text) =>
        text.Split('-') is [var script, var face]
        && Enum.TryParse<WritingSystem>(script, out _)
        && Typefaces.Contains(face, StringComparer.Ordinal);

    private static int Number(string text, int most, int usual) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : usual;
}
