namespace Annotator.Domain.Search.Analysis;

/// <summary>
/// Turns text into the lexemes of the index, and terms of a query into the lexemes to ask for. Both go through the same steps:
/// two tokenizers that differ lose hits without a word. Takes any string, ill-formed ones too.
/// </summary>
public static class Analyzer
{
    /// <summary>Goes up when the same text would give other lexemes, so that the index knows which rows to make anew.</summary>
    public const int Version = 1;

    /// <summary>The distinct lexemes of a text, each of 1 to 64 UTF-16 units.</summary>
    public static IReadOnlyCollection<string> IndexLexemes(string text)
    {
        var lexemes = new HashSet<string>(StringComparer.Ordinal);
        var bySpan = lexemes.GetAlternateLookup<ReadOnlySpan<char>>();
        using var folded = new FoldBuffer(text);
        for (var position = 0; Segment.TryRead(folded.Text, ref position, out var segment);)
        {
            Lexemes.Visit(folded.Text, segment, (lexeme, _, _) => bySpan.Add(lexeme));
        }

        return lexemes;
    }

    /// <summary>What the index keeps of the fields of one annotation or source.</summary>
    public static AnalyzedText Index(IEnumerable<IndexedField> fields) => AnalyzedText.Of(fields);

    /// <param name="term">What was typed: a word, a name like <c>GPT-5.2-Codex</c>, or a phrase, whose words must stand in a row.</param>
    /// <param name="prefix">Whether the last word is the beginning of one.</param>
    public static QueryTerm Query(string term, bool prefix = false)
    {
        var folded = Fold(term);
        return new QueryTerm(folded, SegmentsOf(folded), prefix);
    }

    /// <summary>The lexemes in the order of the text, overlapping where they do.</summary>
    public static IEnumerable<Token> Tokens(string text)
    {
        var folded = FoldedText.Of(text);
        var tokens = new List<Token>();
        foreach (var segment in SegmentsOf(folded.Text))
        {
            Lexemes.Visit(folded.Text, segment, (lexeme, start, length) =>
            {
                var (offset, width) = folded.OriginalRange(start, length).GetOffsetAndLength(text.Length);
                tokens.Add(new Token(lexeme.ToString(), offset, width));
            });
        }

        return tokens;
    }

    /// <summary>The text without the differences that a search ignores; the same again when folded again.</summary>
    public static string Fold(string text)
    {
        using var folded = new FoldBuffer(text);
        return folded.Text.ToString();
    }

    /// <summary>Where a term stands in a text: see <see cref="Find(string, QueryTerm)"/>.</summary>
    public static IReadOnlyList<Range> Find(string text, string term) => Find(text, Query(term));

    /// <summary>
    /// The places of a term in the original text, in order and apart from each other: whole words (or their beginnings for a prefix) in
    /// scripts with spaces, any substring in scripts without. Words of a phrase may be parted by anything that is no word.
    /// </summary>
    public static IReadOnlyList<Range> Find(string text, QueryTerm term) => Find(text, [term]);

    /// <summary>The places of several terms, those that overlap or touch as one.</summary>
    public static IReadOnlyList<Range> Find(string text, IEnumerable<QueryTerm> terms)
    {
        var folded = FoldedText.Of(text);
        var segments = SegmentsOf(folded.Text);
        return TermFinder.Joined(terms.SelectMany(term => new TermFinder(folded, segments, term).Find()), text.Length);
    }

    private static List<Segment> SegmentsOf(string folded)
    {
        var segments = new List<Segment>();
        for (var position = 0; Segment.TryRead(folded, ref position, out var segment);)
        {
            segments.Add(segment);
        }

        return segments;
    }
}
