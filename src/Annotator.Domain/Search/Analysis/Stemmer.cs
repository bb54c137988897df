using System.Text;
using Annotator.Domain.Languages;
using Lucene.Net.Tartarus.Snowball;

namespace Annotator.Domain.Search.Analysis;

/// <summary>
/// What the forms of a word have in common, by the rules of one language. Keeps the stems of frequent words; safe between threads.
/// </summary>
internal sealed class Stemmer
{
    // Entries of the cache, a power of two; a word that needs the place of another takes it.
    private const int CacheSize = 16_384;

    private readonly StemmedWord?[] cache = new StemmedWord?[CacheSize];
    private readonly Lock gate = new();
    private readonly Func<string, string> stem;

    private Stemmer(string language, WritingSystem script, Func<string, string> stem) =>
        (Language, Script, this.stem, Marker) = (language, script, stem, $"~{language}");

    /// <summary>Primary language subtag.</summary>
    public string Language { get; }

    public WritingSystem Script { get; }

    /// <summary>The lexeme of every text that has words of the language.</summary>
    public string Marker { get; }

    /// <summary>A stemmer of the Snowball project; such a program is not safe between threads by itself.</summary>
    public static Stemmer Snowball(string language, WritingSystem script, SnowballProgram program, Func<string, string>? respelled = null) =>
        new(language, script, word =>
        {
            program.SetCurrent(respelled is null ? word : respelled(word));
            program.Stem();
            return program.Current;
        });

    /// <summary>A stemmer that shortens the word in a buffer and returns the new length.</summary>
    public static Stemmer Light(string language, WritingSystem script, Func<char[], int, int> shorten) =>
        new(language, script, word =>
        {
            var buffer = word.ToCharArray();
            return new string(buffer, 0, shorten(buffer, buffer.Length));
        });

    /// <summary>The lexeme of a stem.</summary>
    public string Lexeme(string stem) => $"{Marker}:{stem}";

    /// <summary>The stems of a word as written, accents and all, and of the word without them.</summary>
    /// <param name="word">At most <see cref="Lexemes.MaxLength"/> UTF-16 units, else it has no stems.</param>
    public StemmedWord Of(ReadOnlySpan<char> word)
    {
        if (word.Length > Lexemes.MaxLength)
        {
            return StemmedWord.None;
        }

        Span<char> lower = stackalloc char[word.Length];
        word.ToLowerInvariant(lower);
        ref var kept = ref cache[string.GetHashCode(lower, StringComparison.Ordinal) & (CacheSize - 1)];
        var known = kept;
        if (known is null || !lower.SequenceEqual(known.Word))
        {
            kept = known = Stemmed(lower.ToString());
        }

        return known;
    }

    private StemmedWord Stemmed(string word)
    {
        var written = Written(word);
        var folded = Analyzer.Fold(written);
        string[] stems;
        lock (gate)
        {
            stems = [stem(written), stem(folded)];
        }

        stems = [.. stems.Select(Analyzer.Fold).Where(s => s.Length is > 0 and <= Lexemes.MaxLength).Distinct(StringComparer.Ordinal)];
        return new StemmedWord(word, stems, [.. stems.Where(s => !s.Equals(folded, StringComparison.Ordinal)).Select(Lexeme)]);
    }

    // Composed, well-formed and without soft hyphens and other signs that nobody sees.
    private static string Written(string word)
    {
        var seen = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
        {
            seen.Append(Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? "" : rune.ToString());
        }

        return seen.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }
}

/// <param name="Word">The word in lower case.</param>
/// <param name="Stems">Its folded stems, each once.</param>
/// <param name="Lexemes">The lexemes of those stems that differ from the folded word.</param>
internal sealed record StemmedWord(string Word, string[] Stems, string[] Lexemes)
{
    public static StemmedWord None { get; } = new("", [], []);
}
