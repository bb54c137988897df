namespace Annotator.Domain.Languages;

/// <summary>
/// Recognises the language of text in Chinese characters alone: simplified or traditional Chinese, or a Japanese title.
/// </summary>
internal static class HanText
{
    public static LanguageTag Simplified { get; } = LanguageTag.Parse("zh-Hans");

    public static LanguageTag Traditional { get; } = LanguageTag.Parse("zh-Hant");

    public static LanguageTag Chinese { get; } = LanguageTag.Parse("zh");

    public static LanguageTag Japanese { get; } = LanguageTag.Parse("ja");

    /// <param name="text">The text; characters other than Han do not count.</param>
    /// <param name="maxJapanese">A longer text without kana is no Japanese, whoever writes it (in characters).</param>
    /// <param name="hints">Languages to prefer in doubt, best first.</param>
    public static LanguageTag Language(string text, int maxJapanese, params ReadOnlySpan<LanguageTag?> hints)
    {
        int simplified = 0, traditional = 0, neverJapanese = 0;
        foreach (var c in text)
        {
            simplified += HanVariants.IsSimplifiedOnly(c) ? 1 : 0;
            traditional += HanVariants.IsTraditionalOnly(c) ? 1 : 0;
            neverJapanese += HanVariants.IsNeverJapanese(c) ? 1 : 0;
        }

        foreach (var hint in hints)
        {
            if (hint == Japanese && neverJapanese == 0 && text.Length < maxJapanese)
                return Japanese;

            if (hint is { Language: "zh" } chinese)
            {
                var isTraditional = simplified == traditional ? chinese.Script is "Hant" : traditional > simplified;
                return isTraditional ? Traditional : Simplified;
            }
        }

        return simplified.CompareTo(traditional) switch
        {
            > 0 => Simplified,
            < 0 => Traditional,
            _ => Chinese,
        };
    }
}
