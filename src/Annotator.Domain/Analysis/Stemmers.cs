using Annotator.Domain.Languages;
using Lucene.Net.Analysis.Bg;
using Lucene.Net.Analysis.Cz;
using Lucene.Net.Analysis.El;
using Lucene.Net.Analysis.Hi;
using Lucene.Net.Tartarus.Snowball.Ext;

namespace Annotator.Domain.Analysis;

/// <summary>
/// The stemmers of Apache Lucene.NET (Apache-2.0) for the languages that are detected: Snowball's, and light ones for languages without.
/// Each family of a script makes every query for a word longer; English has its own, for most words of other families stand beside it.
/// </summary>
internal static class Stemmers
{
    private static readonly Stemmer English = Stemmer.Snowball("en", "en", WritingSystem.Latin, new EnglishStemmer());

    private static readonly Stemmer Turkish = Stemmer.Snowball("tr", "trk", WritingSystem.Latin, new TurkishStemmer(), shortensStems: true);

    private static readonly Stemmer[] All =
    [
        English,
        Stemmer.Snowball("ca", "roa", WritingSystem.Latin, new CatalanStemmer()),
        Stemmer.Light("cs", "sla", WritingSystem.Latin, new CzechStemmer().Stem),
        Stemmer.Snowball("da", "gmq", WritingSystem.Latin, new DanishStemmer()),
        Stemmer.Snowball("de", "gmw", WritingSystem.Latin, new German2Stemmer()),
        Stemmer.Snowball("es", "roa", WritingSystem.Latin, new SpanishStemmer(), WithSpanishAccent),
        Stemmer.Snowball("fi", "fiu", WritingSystem.Latin, new FinnishStemmer()),
        Stemmer.Snowball("fr", "roa", WritingSystem.Latin, new FrenchStemmer()),
        Stemmer.Snowball("hu", "fiu", WritingSystem.Latin, new HungarianStemmer()),
        Stemmer.Snowball("it", "roa", WritingSystem.Latin, new ItalianStemmer()),
        Stemmer.Snowball("nl", "gmw", WritingSystem.Latin, new DutchStemmer()),
        Stemmer.Snowball("no", "gmq", WritingSystem.Latin, new NorwegianStemmer()),
        Stemmer.Snowball("pt", "roa", WritingSystem.Latin, new PortugueseStemmer(), WithPortugueseTilde),
        Stemmer.Snowball("ro", "roa", WritingSystem.Latin, new RomanianStemmer()),
        Stemmer.Snowball("sv", "gmq", WritingSystem.Latin, new SwedishStemmer()),
        Turkish,
        Stemmer.Light("el", "grk", WritingSystem.Greek, new GreekStemmer().Stem),
        Stemmer.Light("bg", "sla", WritingSystem.Cyrillic, new BulgarianStemmer().Stem),
        Stemmer.Snowball("ru", "sla", WritingSystem.Cyrillic, new RussianStemmer()),
        Stemmer.Snowball("hy", "hyx", WritingSystem.Armenian, new ArmenianStemmer()),
        Stemmer.Light("hi", "inc", WritingSystem.Devanagari, new HindiStemmer().Stem),
    ];

    private static readonly Stemmer[][] ByScript =
        [.. Enum.GetValues<WritingSystem>().Select(script => All.Where(stemmer => stemmer.Script == script).ToArray())];

    /// <summary>The stemmer of a text; null where there is none.</summary>
    /// <param name="language">
    /// BCP 47 tag. In languages that write without spaces or in Hangul it is the English one: their Latin words are.
    /// </param>
    public static Stemmer? For(string language) => Subtags.First(language) switch
    {
        "zh" or "yue" or "ja" or "ko" or "th" or "lo" or "km" or "my" => English,
        "nb" or "nn" => For("no"),
        var primary => Array.Find(All, stemmer => stemmer.Language.Equals(primary, StringComparison.Ordinal)),
    };

    /// <summary>The stemmers of all languages that are written so.</summary>
    public static IReadOnlyList<Stemmer> Of(WritingSystem script) => ByScript[(int)script];

    // These endings always bear an accent, which people leave out when they type fast; the stemmers need it.
    private static string WithSpanishAccent(string word) => word.EndsWith("ion", StringComparison.Ordinal) ? $"{word[..^2]}ón" : word;

    private static string WithPortugueseTilde(string word) =>
        word.EndsWith("cao", StringComparison.Ordinal) ? $"{word[..^3]}ção"
        : word.EndsWith("coes", StringComparison.Ordinal) ? $"{word[..^4]}ções"
        : word;
}
