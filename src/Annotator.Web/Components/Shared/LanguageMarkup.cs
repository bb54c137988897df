using System.Globalization;
using System.Text.RegularExpressions;
using Annotator.Domain.Languages;

namespace Annotator.Web.Components.Shared;

/// <summary>The attributes and names of a language in markup.</summary>
internal static partial class LanguageMarkup
{
    /// <summary>
    /// The <c>lang</c> attribute; empty when unknown, which tells HTML "language unknown" instead of inheriting the page's.
    /// </summary>
    public static string? LangOf(string? language) => Known(language)?.Value ?? "";

    /// <summary>The <c>dir</c> attribute: the language's direction, else the browser looks at the text.</summary>
    public static string DirectionOf(string? language) => Known(language)?.Direction ?? "auto";

    /// <summary>The language's name in the language of the interface.</summary>
    public static string NameOf(string language) =>
        LanguageTag.TryParse(language, out var tag) ? tag.NameIn(CultureInfo.CurrentUICulture) : language;

    /// <summary>The language's name in itself.</summary>
    public static string NativeNameOf(string language) => LanguageTag.TryParse(language, out var tag) ? tag.NativeName : language;

    /// <summary>A day in words, without its weekday.</summary>
    public static string DateOf(DateTimeOffset time) =>
        time.ToString(Weekday().Replace(CultureInfo.CurrentCulture.DateTimeFormat.LongDatePattern, ""), CultureInfo.CurrentCulture);

    /// <summary>The quotation marks of the language, with a space between them; for scripts.</summary>
    public static string QuotesOf(string? language) => QuotationMarks.Of(language) is var (open, close) ? $"{open} {close}" : "";

    /// <summary>The language with the region where most who speak it live, such as <c>zh_CN</c>; null when it is not known.</summary>
    public static string? LocaleOf(string? language)
    {
        if (Known(language) is not { } tag)
            return null;
        // .NET takes Hong Kong for the usual region of the traditional script; CLDR (likely subtags) takes Taiwan.
        var culture = CultureInfo.CreateSpecificCulture(tag.Value is "zh-Hant" ? "zh-TW" : tag.Value);
        return culture.IsNeutralCulture || culture.LCID == CultureInfo.InvariantCulture.LCID
            ? tag.Language
            : $"{tag.Language}_{new RegionInfo(culture.Name).TwoLetterISORegionName}";
    }

    public static bool IsKnown(string? language) => Known(language) is not null;

    private static LanguageTag? Known(string? language) =>
        LanguageTag.TryParse(language, out var tag) && tag != LanguageTag.Undetermined ? tag : null;

    [GeneratedRegex(@"^dddd\W+|\W*dddd$", RegexOptions.None, 1000)]
    private static partial Regex Weekday();
}
