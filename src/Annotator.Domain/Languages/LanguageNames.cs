using System.Globalization;

namespace Annotator.Domain.Languages;

/// <summary>Names of languages from the platform's CLDR data.</summary>
internal static class LanguageNames
{
    /// <summary>See <see cref="LanguageTag.NativeName"/>; the tag where CLDR has no name.</summary>
    public static string Native(LanguageTag tag) => (tag.Language, tag.Script) switch
    {
        // CLDR writes 中文（简体）; people write the short form.
        ("zh", "Hans") => "简体中文",
        ("zh", "Hant") => "繁體中文",
        _ when Find(tag) is { } culture => Capitalised(culture.NativeName, culture),
        _ => tag.Value,
    };

    /// <summary>See <see cref="LanguageTag.NameIn"/>.</summary>
    public static string In(LanguageTag tag, CultureInfo reader)
    {
        if (Find(tag) is not { } culture)
            return tag.Value;

        // CultureInfo.DisplayName has no parameter for the reader's language: it takes CurrentUICulture.
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = reader;
            return Capitalised(culture.DisplayName, reader);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static CultureInfo? Find(LanguageTag tag)
    {
        if (tag.IsUndetermined)
            return null;

        try
        {
            var culture = CultureInfo.GetCultureInfo(tag.Value);
            return culture.EnglishName.Equals(tag.Value, StringComparison.Ordinal) ? null : culture;
        }
        catch (CultureNotFoundException)
        {
            return tag.Value.Length == tag.Language.Length ? null : Find(LanguageTag.Parse(tag.Language));
        }
    }

    // In a list of languages a name stands alone, so it begins with a capital where the script has any.
    private static string Capitalised(string name, CultureInfo culture) =>
        name.Length == 0 ? name : string.Concat(culture.TextInfo.ToUpper(name[..1]), name.AsSpan(1));
}
