using Annotator.Domain.Text;

namespace Annotator.Domain.Analysis;

/// <summary>
/// Turns text into the lexemes of the index, and terms of a query into the lexemes to ask for. Both go through the same steps:
/// an index and a query that differ would silently lose hits. Takes any string, ill-formed ones too.
/// </summary>
public static class Analyzer
{
    /// <summary>
    /// Raised when the same text gives other lexemes or <see cref="AnalyzedText.Words"/> than before; rows of an older version are
    /// indexed again.
    /// </summary>
    public const int Version = 3;

    /// <summary>What the index keeps of the fields of one annotation or source.</summary>
    public static AnalyzedText Index(IEnumerable<IndexedField> fields) => AnalyzedText.Of(fields, []);

    /// <summary>What the index keeps of the fields, and of what else is known.</summary>
    /// <param name="filters">Lexemes that begin with a colon, as no word does.</param>
    public static AnalyzedText Index(IEnumerable<IndexedField> fields, IEnumerable<string> filters) => AnalyzedText.Of(fields, filters);

    /// <param name="term">What was typed: a word, a name like <c>GPT-5.2-Codex</c>, or a phrase, whose words must stand in a row.</param>
    /// <param name="prefix">Whether the last word is the beginning of one.</param>
    /// <param name="stems">Whether a single word means its other forms too, each in texts of the language that has it.</param>
    public static QueryTerm Query(string term, bool prefix = false, bool stems = false)
    {
        var folded = FoldedText.Of(term);
        return new QueryTerm(folded, SegmentsOf(folded.Text), prefix, stems);
    }

    /// <summary>The text without the differences that a search ignores; the same again when folded again.</summary>
    public static string Fold(string text)
    {
        using var folded = new FoldBuffer(text, SearchFolding.Policy);
        return folded.Text.ToString();
    }

    /// <summary>Where a term stands in a text: see <see cref="Find(string, QueryTerm, string)"/>.</summary>
    public static IReadOnlyList<Range> Find(string text, string term) => Find(text, Query(term));

    /// <summary>
    /// The places of a term in the original text, in order and apart from each other: whole words (or their beginnings for a prefix) in
    /// scripts with spaces, any substring in scripts without. Words of a phrase may be parted by anything that is no word.
    /// </summary>
    /// <param name="text">The text as indexed.</param>
    /// <param name="term">What to look for.</param>
    /// <param name="language">BCP 47 tag of the text; without it only the word itself is found, not its other forms.</param>
    public static IReadOnlyList<Range> Find(string text, QueryTerm term, string? language = null) => Find(text, [term], language);

    /// <summary>The places of several terms, those that overlap or touch as one.</summary>
    public static IReadOnlyList<Range> Find(string text, IEnumerable<QueryTerm> terms, string? language = null)
    {
        var folded = FoldedText.Of(text);
        var segments = SegmentsOf(folded.Text);
        var stemmer = language is null ? null : Stemmers.For(language);
        return TermFinder.Joined(terms.SelectMany(term => new TermFinder(folded, segments, term, stemmer).Find()), text.Length);
    }

    private static List<Segment> SegmentsOf(string folded)
    {
        var segments = new List<Segment>();
        for (var position = 0; Segment.TryRead(folded, ref position, out var segment);)
            segments.Add(segment);

        return segments;
    }
}
