using System.Text;
using Annotator.Domain.Languages;
using Lucene.Net.Tartarus.Snowball;

namespace Annotator.Domain.Analysis;

/// <summary>
/// What the forms of a word have in common, by the rules of one language. Keeps the stems of frequent words; safe between threads.
/// </summary>
internal sealed class Stemmer
{
    // Entries of the cache, a power of two; a word that needs the place of another takes it.
    private const int CacheSize = 4_096;

    private readonly StemmedWord?[] _cache = new StemmedWord?[CacheSize];
    private readonly Lock _gate = new();
    private readonly Func<string, string> _stem;

    private Stemmer(string language, string family, WritingSystem script, Func<string, string> stem) =>
        (Language, Family, Script, _stem) = (language, family, script, stem);

    /// <summary>Primary language subtag.</summary>
    public string Language { get; }

    /// <summary>Its family (ISO 639-5), or the language itself. Texts in languages of one family share their stems.</summary>
    public string Family { get; }

    public WritingSystem Script { get; }

    /// <summary>
    /// Whether the rules shorten words that are stems of others, as "oda" of "odalarda"; they then are their own stems too.
    /// </summary>
    private bool ShortensStems { get; init; }

    /// <summary>A stemmer of the Snowball project; such a program is not safe between threads by itself.</summary>
    public static Stemmer Snowball(
        string language,
        string family,
        WritingSystem script,
        SnowballProgram program,
        Func<string, string>? respelled = null,
        bool shortensStems = false) =>
        new(language, family, script, word =>
        {
            program.SetCurrent(respelled is null ? word : respelled(word));
            program.Stem();
            return program.Current;
        })
        {
            ShortensStems = shortensStems,
        };

    /// <summary>A stemmer that shortens the word in a buffer and returns the new length.</summary>
    public static Stemmer Light(string language, string family, WritingSystem script, Func<char[], int, int> shorten) =>
        new(language, family, script, word =>
        {
            var buffer = word.ToCharArray();
            return new string(buffer, 0, shorten(buffer, buffer.Length));
        });

    /// <summary>The lexeme of a stem.</summary>
    public static string Lexeme(string family, string stem) => $"~{family}:{stem}";

    /// <summary>The stems of a word as written, accents and all, and of the word without them.</summary>
    /// <param name="word">At most <see cref="Lexemes.MaxLength"/> UTF-16 units, else it has no stems.</param>
    public StemmedWord Of(ReadOnlySpan<char> word)
    {
        if (word.Length > Lexemes.MaxLength)
            return StemmedWord.None;

        Span<char> lower = stackalloc char[word.Length];
        word.ToLowerInvariant(lower);
        ref var kept = ref _cache[string.GetHashCode(lower, StringComparison.Ordinal) & (CacheSize - 1)];
        var known = kept;
        if (known is null || !lower.SequenceEqual(known.Word))
            kept = known = Stemmed(lower.ToString());

        return known;
    }

    private StemmedWord Stemmed(string word)
    {
        var written = Written(word);
        var folded = Analyzer.Fold(written);
        string[] stems;
        lock (_gate)
            stems = ShortensStems ? [_stem(written), _stem(folded), folded] : [_stem(written), _stem(folded)];

        stems = [.. stems.Select(Analyzer.Fold).Where(s => s.Length is > 0 and <= Lexemes.MaxLength).Distinct(StringComparer.Ordinal)];
        return new StemmedWord(word, stems, [.. stems.Select(s => Lexeme(Family, s))]);
    }

    // Composed, well-formed and without soft hyphens and other signs that nobody sees.
    private static string Written(string word)
    {
        var seen = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
            seen.Append(Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? "" : rune.ToString());

        return seen.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }
}

/// <param name="Word">The word in lower case.</param>
/// <param name="Stems">Its folded stems, each once.</param>
/// <param name="Lexemes">The lexemes of those stems.</param>
internal sealed record StemmedWord(string Word, string[] Stems, string[] Lexemes)
{
    public static StemmedWord None { get; } = new("", [], []);
}
