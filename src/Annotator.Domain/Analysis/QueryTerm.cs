namespace Annotator.Domain.Analysis;

/// <summary>A word, name or phrase that a text must hold, analysed as texts are.</summary>
public sealed class QueryTerm
{
    private readonly (string Family, string[] Stems)[] _forms;

    internal QueryTerm(FoldedText term, IReadOnlyList<Segment> segments, bool isPrefix, bool withStems)
    {
        Folded = term.Text;
        Segments = segments;
        IsPrefix = isPrefix && segments is [.., { IsRun: false, Suffix: 0 }];
        var whole = IsPrefix ? segments.SkipLast(1) : segments;
        Lexemes = [.. whole.SelectMany(segment => Analysis.Lexemes.Required(Folded, segment)).ToHashSet(StringComparer.Ordinal)];
        Prefix = IsPrefix ? Analysis.Lexemes.Word(Folded, segments[^1]).ToString() : null;
        IsApproximate = segments.Count > 1 || segments.Any(segment => segment.Length > (segment.IsRun ? 2 : Analysis.Lexemes.MaxLength));
        _forms = withStems && !IsPrefix && segments is [{ IsRun: false, Suffix: 0, Length: <= Analysis.Lexemes.MaxLength } word]
            ? [
                .. Stemmers.Of(word.Script(Folded))
                    .GroupBy(s => s.Family, (family, stemmers) => (family, StemsOf(stemmers, word, term)), StringComparer.Ordinal),
            ]
            : [];
    }

    /// <summary>The lexemes that must all be in the index of a text, stems aside.</summary>
    public IReadOnlyList<string> Lexemes { get; }

    /// <summary>What some lexeme must begin with, besides; null when the last word is whole.</summary>
    public string? Prefix { get; }

    /// <summary>
    /// The condition on the lexemes as a <c>tsquery</c>, in parentheses where it has several parts; empty for an empty term.
    /// </summary>
    public string Lexical => _forms.Length > 0
        ? Joined(" | ", [Quoted(Lexemes[0]), .. _forms.SelectMany(f => f.Stems, (f, stem) => Quoted(Stemmer.Lexeme(f.Family, stem)))])
        : Joined(" & ", [.. Lexemes.Select(Quoted), .. Prefix is null ? Array.Empty<string>() : [$"{Quoted(Prefix)}:*"]]);

    /// <summary>
    /// What <see cref="AnalyzedText.Words"/> must be like (SQL <c>like</c>, escaped with a backslash); null when the lexemes say it
    /// all.
    /// </summary>
    public string? Pattern => !IsApproximate ? null : "%"
        + (Segments[0].IsRun ? "" : " ")
        + string.Join(' ', Segments.Select(s => Folded.Substring(s.Start, s.Length + s.Suffix)))
        + (Segments[^1].IsRun || IsPrefix ? "" : " ")
        + "%";

    /// <summary>What <see cref="AnalyzedText.Words"/> hold where the term stands: its words, of a single word only the beginning.</summary>
    public string Needle =>
        Pattern is { } pattern ? pattern.Trim('%') : Segments[0].IsRun ? Folded.Substring(Segments[0].Start, Segments[0].Length)
            : string.Concat(" ", Folded.AsSpan(Segments[0].Start, Math.Max(Math.Min(Segments[0].Length, 3), Segments[0].Length * 2 / 3)));

    /// <summary>
    /// Whether a text with all lexemes may yet lack the term, so that only <see cref="Analyzer.Find(string, QueryTerm, string)"/>
    /// can tell.
    /// </summary>
    public bool IsApproximate { get; }

    /// <summary>Nothing to look for: the term has neither letters nor digits.</summary>
    public bool IsEmpty => Segments.Count == 0;

    /// <summary>One word of a script with spaces.</summary>
    public bool IsSpeltWord => Segments is [{ IsRun: false, Suffix: 0 }];

    internal string Folded { get; }

    internal IReadOnlyList<Segment> Segments { get; }

    internal bool IsPrefix { get; }

    internal ReadOnlySpan<char> TextOf(int segment) => Segments[segment].In(Folded);

    /// <summary>The stems of the word that texts of a language may have; empty where its forms are not looked for.</summary>
    internal IReadOnlyList<string> StemsFor(Stemmer? stemmer) =>
        stemmer is null ? [] : Array.Find(_forms, form => form.Family.Equals(stemmer.Family, StringComparison.Ordinal)).Stems ?? [];

    private static string[] StemsOf(IEnumerable<Stemmer> stemmers, Segment word, FoldedText term) =>
        [.. stemmers.SelectMany(stemmer => stemmer.Of(term.Written(word)).Stems).Distinct(StringComparer.Ordinal)];

    private static string Joined(string sign, string[] parts) => parts.Length > 1 ? $"({string.Join(sign, parts)})" : string.Concat(parts);

    internal static string Quoted(string lexeme) =>
        $"'{lexeme.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
