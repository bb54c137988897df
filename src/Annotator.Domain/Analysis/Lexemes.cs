using Annotator.Domain.Text;

namespace Annotator.Domain.Analysis;

/// <summary>
/// The lexemes of a segment, stems aside: those that the index stores and those that a query requires. They consist of letters,
/// marks and digits (and the end of C++ and C#), so the lexemes of filters, which begin with a colon, can be kept beside them.
/// </summary>
internal static class Lexemes
{
    /// <summary>Longer words are cut, in UTF-16 units.</summary>
    public const int MaxLength = 64;

    /// <summary>Takes one lexeme; the span is valid during the call only.</summary>
    public delegate void Visitor(ReadOnlySpan<char> lexeme);

    /// <summary>Everything by which the segment can be found: each character and each pair of a run, each word.</summary>
    public static void Visit(ReadOnlySpan<char> folded, Segment segment, Visitor visit)
    {
        if (segment.IsRun)
        {
            VisitRun(folded, segment, visit);
        }
        else
        {
            VisitWord(folded, segment, visit);
        }
    }

    /// <summary>The fewest lexemes that imply the segment: pairs imply their characters, and <c>c++</c> implies <c>c</c>.</summary>
    public static IReadOnlyList<string> Required(string folded, Segment segment)
    {
        var required = new List<string>();
        if (segment.Suffix > 0)
        {
            required.Add(Suffixed(folded, segment).ToString());
        }
        else if (!segment.IsRun)
        {
            required.Add(Word(folded, segment).ToString());
        }
        else
        {
            var isSingle = FoldingPolicy.PairLength(folded, segment.Start) == segment.Length;
            VisitRun(folded, segment, lexeme =>
            {
                if (isSingle || FoldingPolicy.PairLength(lexeme, 0) < lexeme.Length)
                    required.Add(lexeme.ToString());
            });
        }

        return required;
    }

    /// <summary>The segment as one lexeme, cut to <see cref="MaxLength"/> between code points.</summary>
    public static ReadOnlySpan<char> Word(ReadOnlySpan<char> folded, Segment segment) =>
        Cut.CodePoints(folded.Slice(segment.Start, segment.Length), MaxLength);

    private static void VisitWord(ReadOnlySpan<char> folded, Segment segment, Visitor visit)
    {
        visit(Word(folded, segment));
        if (segment.Suffix > 0)
            visit(Suffixed(folded, segment));
    }

    private static void VisitRun(ReadOnlySpan<char> folded, Segment segment, Visitor visit)
    {
        var end = segment.Start + segment.Length;
        for (int start = segment.Start, next; start < end; start = next)
        {
            next = start + FoldingPolicy.PairLength(folded, start);
            visit(folded[start..next]);
            if (next < end)
                visit(folded[start..(next + FoldingPolicy.PairLength(folded, next))]);
        }
    }

    private static ReadOnlySpan<char> Suffixed(ReadOnlySpan<char> folded, Segment segment)
    {
        var whole = folded.Slice(segment.Start, segment.Length + segment.Suffix);
        return whole.Length <= MaxLength ? whole : whole[^MaxLength..];
    }
}
