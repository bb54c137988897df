namespace Annotator.Domain.Analysis;

/// <summary>Finds a term in a folded text, segment by segment, with the other forms of a word that the stemmer knows.</summary>
internal sealed class TermFinder(FoldedText text, IReadOnlyList<Segment> segments, QueryTerm term, Stemmer? stemmer)
{
    /// <summary>
    /// The places of the term as ranges of the original text, in UTF-16 units and whole graphemes, in the order of the text; they
    /// may overlap.
    /// </summary>
    public IEnumerable<Range> Find()
    {
        if (term.IsEmpty)
            return [];

        return term.Segments switch
        {
            [{ IsRun: true }] => InRuns(),
            [{ Suffix: 0 }] => InWords(),
            _ => InRow(),
        };
    }

    /// <summary>Ranges in order, without overlaps.</summary>
    public static IReadOnlyList<Range> Joined(IEnumerable<Range> ranges, int length)
    {
        var joined = new List<Range>();
        foreach (var (start, end) in ranges.Select(range => (range.Start.GetOffset(length), range.End.GetOffset(length))).Order())
        {
            if (joined.Count > 0 && start <= joined[^1].End.GetOffset(length))
            {
                joined[^1] = joined[^1].Start..Math.Max(end, joined[^1].End.GetOffset(length));
            }
            else
            {
                joined.Add(start..end);
            }
        }

        return joined;
    }

    // A single run of characters may stand anywhere in a run of the text.
    private IEnumerable<Range> InRuns()
    {
        foreach (var segment in segments.Where(segment => segment.IsRun))
        {
            for (var start = segment.Start; IndexIn(segment, start) is >= 0 and var found; start = found + term.Segments[0].Length)
                yield return text.OriginalRange(found, term.Segments[0].Length);
        }
    }

    private int IndexIn(Segment segment, int start)
    {
        var index = start < segment.Start + segment.Length
            ? text.Text.AsSpan(start, segment.Start + segment.Length - start).IndexOf(term.TextOf(0), StringComparison.Ordinal)
            : -1;
        return index < 0 ? -1 : start + index;
    }

    // A single word may be parted by a hyphen.
    private IEnumerable<Range> InWords()
    {
        var stems = term.StemsFor(stemmer);
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            if (Fits(segment, 0) || IsForm(stems, segment, text.Written(segment)))
                yield return text.OriginalRange(segment.Start, segment.Length);

            if (i > 0 && segment.ContinuesAfterHyphen(text.Text, segments[i - 1]) && FitsTogether(stems, segments[i - 1], segment))
            {
                var start = segments[i - 1].Start;
                yield return text.OriginalRange(start, segment.Start + segment.Length - start);
            }
        }
    }

    private bool FitsTogether(IReadOnlyList<string> stems, Segment before, Segment segment)
    {
        var word = string.Concat(before.In(text.Text), segment.In(text.Text));
        return term.IsPrefix ? before.Length < term.TextOf(0).Length && word.AsSpan().StartsWith(term.TextOf(0), StringComparison.Ordinal)
            : term.TextOf(0).SequenceEqual(word) || IsForm(stems, segment, string.Concat(text.Written(before), text.Written(segment)));
    }

    private bool IsForm(IReadOnlyList<string> stems, Segment segment, ReadOnlySpan<char> written) =>
        stems.Count > 0 && segment.Script(text.Text) == stemmer?.Script && stemmer.Of(written).Stems.Any(stems.Contains);

    // Several segments, or a word with a suffix, must follow each other; a run at either end may be part of a longer one.
    private IEnumerable<Range> InRow()
    {
        for (var first = 0; first + term.Segments.Count <= segments.Count; first++)
        {
            if (Enumerable.Range(0, term.Segments.Count).All(i => Fits(segments[first + i], i)))
            {
                var last = segments[first + term.Segments.Count - 1];
                var start = segments[first].IsRun
                    ? segments[first].Start + segments[first].Length - term.Segments[0].Length
                    : segments[first].Start;
                var end = last.IsRun ? last.Start + term.Segments[^1].Length : last.Start + last.Length + term.Segments[^1].Suffix;
                yield return text.OriginalRange(start, end - start);
            }
        }
    }

    private bool Fits(Segment segment, int i)
    {
        var wanted = term.Segments[i];
        if (segment.IsRun != wanted.IsRun || (wanted.Suffix > 0 && segment.Suffix != wanted.Suffix))
            return false;

        var there = segment.In(text.Text);
        var isLast = i == term.Segments.Count - 1;
        return segment.IsRun && i == 0 ? there.EndsWith(term.TextOf(i), StringComparison.Ordinal)
            : isLast && (segment.IsRun || term.IsPrefix) ? there.StartsWith(term.TextOf(i), StringComparison.Ordinal)
            : there.Equals(term.TextOf(i), StringComparison.Ordinal);
    }
}
