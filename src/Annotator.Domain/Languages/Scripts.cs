using System.Collections.Frozen;

namespace Annotator.Domain.Languages;

/// <summary>Which script a language is written in and in which direction, and which language alone is written in a script.</summary>
internal static class Scripts
{
    private static readonly FrozenDictionary<WritingSystem, LanguageTag> SoleLanguages = new Dictionary<WritingSystem, string>
    {
        [WritingSystem.Greek] = "el",
        [WritingSystem.Armenian] = "hy",
        [WritingSystem.Hebrew] = "he",
        [WritingSystem.Bengali] = "bn",
        [WritingSystem.Gurmukhi] = "pa",
        [WritingSystem.Gujarati] = "gu",
        [WritingSystem.Tamil] = "ta",
        [WritingSystem.Telugu] = "te",
        [WritingSystem.Kannada] = "kn",
        [WritingSystem.Malayalam] = "ml",
        [WritingSystem.Sinhala] = "si",
        [WritingSystem.Thai] = "th",
        [WritingSystem.Lao] = "lo",
        [WritingSystem.Tibetan] = "bo",
        [WritingSystem.Burmese] = "my",
        [WritingSystem.Georgian] = "ka",
        [WritingSystem.Ethiopic] = "am",
        [WritingSystem.Khmer] = "km",
        [WritingSystem.Hangul] = "ko",
    }.ToFrozenDictionary(pair => pair.Key, pair => LanguageTag.Parse(pair.Value));

    private static readonly FrozenDictionary<string, WritingSystem> OfLanguages = SoleLanguages
        .Select(pair => (pair.Value.Language, pair.Key))
        .Concat(Languages("zh ja yue wuu lzh", WritingSystem.Han))
        .Concat(Languages("ru uk be bg mk sr kk ky mn tg tt ba cv ce os ab", WritingSystem.Cyrillic))
        .Concat(Languages("ar fa ur ps ug sd ckb ks arz pnb", WritingSystem.Arabic))
        .Concat(Languages("hi mr ne sa kok mai bho", WritingSystem.Devanagari))
        .Concat(Languages("yi", WritingSystem.Hebrew))
        .Concat(Languages("as", WritingSystem.Bengali))
        .Concat(Languages("ti", WritingSystem.Ethiopic))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, WritingSystem> OfScripts = new Dictionary<string, WritingSystem>(
        StringComparer.Ordinal)
    {
        ["Latn"] = WritingSystem.Latin, ["Cyrl"] = WritingSystem.Cyrillic, ["Arab"] = WritingSystem.Arabic,
        ["Deva"] = WritingSystem.Devanagari,
        ["Hans"] = WritingSystem.Han, ["Hant"] = WritingSystem.Han, ["Jpan"] = WritingSystem.Han, ["Grek"] = WritingSystem.Greek,
        ["Hebr"] = WritingSystem.Hebrew, ["Thai"] = WritingSystem.Thai, ["Kore"] = WritingSystem.Hangul, ["Hang"] = WritingSystem.Hangul,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> RightToLeftScripts =
        "Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> RightToLeftLanguages = (
            "ar he fa ur ps yi dv ug ckb sd ks acm aeb ajp apc apd arc ars ary arz azb bal bgn bqi fas glk khw lki lrc luz mzn nqo pnb prs "
            + "rhg sdh skr syc syr trw")
        .Split(' ')
        .ToFrozenSet();

    /// <summary>
    /// The script of the tag, else the usual one of its language; Latin for <c>und</c> and for languages that are not listed.
    /// </summary>
    public static WritingSystem Of(LanguageTag language) =>
        OfScripts.TryGetValue(language.Script ?? "", out var system) || OfLanguages.TryGetValue(language.Language, out system)
            ? system
            : WritingSystem.Latin;

    /// <summary>The one language offered that is written in the script; null where there are several or none.</summary>
    public static LanguageTag? SoleLanguage(WritingSystem system) => SoleLanguages.TryGetValue(system, out var language) ? language : null;

    /// <summary>Whether it is written from right to left; the script, where it is named, decides.</summary>
    public static bool IsRightToLeft(string language, string? script) =>
        script is null ? RightToLeftLanguages.Contains(language) : RightToLeftScripts.Contains(script);

    private static IEnumerable<(string Language, WritingSystem System)> Languages(string codes, WritingSystem system) =>
        codes.Split(' ').Select(code => (code, system));
}
