namespace Annotator.Domain.Search.Analysis;

/// <summary>A word, name or phrase that a text must hold, analysed as texts are.</summary>
public sealed class QueryTerm
{
    internal QueryTerm(string folded, IReadOnlyList<Segment> segments, bool isPrefix)
    {
        Folded = folded;
        Segments = segments;
        IsPrefix = isPrefix && segments is [.., { IsRun: false, Suffix: 0 }];
        var whole = IsPrefix ? segments.SkipLast(1) : segments;
        Lexemes = [.. whole.SelectMany(segment => Analysis.Lexemes.Required(folded, segment)).ToHashSet(StringComparer.Ordinal)];
        Prefix = IsPrefix ? Analysis.Lexemes.Word(folded, segments[^1]).ToString() : null;
        IsApproximate = segments.Count > 1 || segments.Any(segment => segment.Length > (segment.IsRun ? 2 : Analysis.Lexemes.MaxLength));
    }

    /// <summary>The lexemes that must all be in the index of a text.</summary>
    public IReadOnlyList<string> Lexemes { get; }

    /// <summary>What some lexeme must begin with, besides; null when the last word is whole.</summary>
    public string? Prefix { get; }

    /// <summary>The condition on the lexemes as a <c>tsquery</c>, in parentheses where it has several parts; empty for an empty term.</summary>
    public string Lexical => string.Join(" & ", [.. Lexemes.Select(Quoted), .. Prefix is null ? Array.Empty<string>() : [$"{Quoted(Prefix)}:*"]]);

    /// <summary>What <see cref="AnalyzedText.Words"/> must be like (SQL <c>like</c>, escaped with a backslash); null when the lexemes say it all.</summary>
    public string? Pattern => !IsApproximate ? null : "%"
        + (Segments[0].IsRun ? "" : " ")
        + string.Join(' ', Segments.Select(s => Folded.Substring(s.Start, s.Length + s.Suffix)))
        + (Segments[^1].IsRun || IsPrefix ? "" : " ")
        + "%";

    /// <summary>What <see cref="AnalyzedText.Words"/> hold where the term stands: its words, of a single word only the beginning.</summary>
    public string Needle => Pattern is { } pattern ? pattern.Trim('%') : Segments[0].IsRun ? Folded.Substring(Segments[0].Start, Segments[0].Length)
        : string.Concat(" ", Folded.AsSpan(Segments[0].Start, Math.Max(Math.Min(Segments[0].Length, 3), Segments[0].Length * 2 / 3)));

    /// <summary>Whether a text with all lexemes may yet lack the term, so that only <see cref="Analyzer.Find(string, QueryTerm)"/> can tell.</summary>
    public bool IsApproximate { get; }

    /// <summary>Nothing to look for: the term has neither letters nor digits.</summary>
    public bool IsEmpty => Segments.Count == 0;

    internal string Folded { get; }

    internal IReadOnlyList<Segment> Segments { get; }

    internal bool IsPrefix { get; }

    internal ReadOnlySpan<char> TextOf(int segment) => Folded.AsSpan(Segments[segment].Start, Segments[segment].Length);

    internal static string Quoted(string lexeme) =>
        $"'{lexeme.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
