namespace Annotator.Domain.Passages.Anchoring;

/// <summary>Lists the candidates for a quote in a text, comparing folded words with folded words.</summary>
internal sealed class CandidateSearch(QuotedWords words, SnapshotText text, QuoteComparison comparison, ContextSearch contexts)
{
    /// <summary>Exact occurrences that are listed; with more of them only the context can find the quote.</summary>
    private const int MostExact = 4_096;

    /// <summary>Longest quote, in folded units, that is also sought changed. Comparing costs length × length of the text.</summary>
    private const int LongestCompared = 16_384;

    /// <summary>Areas of the text in which a changed quote is compared, at most.</summary>
    private const int MostAreas = 16;

    /// <summary>Share of a quote, 0 to 1, that may be changed.</summary>
    private const double MostChanged = 0.38;

    /// <summary>The same share for a quote of at most 64 units sought without context: short words occur by chance.</summary>
    private const double MostChangedAlone = 0.34;

    private string Exact => words.Exact;

    /// <summary>
    /// The places where the folded words of the quote stand as they are; none when there are more than <see cref="MostExact"/>.
    /// </summary>
    public List<Candidate> Unchanged()
    {
        var found = new List<Candidate>();
        var folded = text.Words.Text;
        for (int at, from = 0; (at = folded[from..].IndexOf(Exact)) >= 0; from += at + 1)
        {
            if (found.Count == MostExact)
                return [];
            found.Add(comparison.Candidate(from + at, from + at + Exact.Length, kept: 1));
        }

        return found;
    }

    /// <summary>
    /// The places where similar words stand: within <see cref="MostChanged"/> edits per unit, in the areas of the text that hold
    /// most of them; and the places between the surroundings, whatever stands there.
    /// </summary>
    public List<Candidate> Changed()
    {
        if (Exact.Length > LongestCompared)
            return [];
        var areas = AreasOf(Exact, 0, Exact.Length > Needle.WordLength ? MostChanged : MostChangedAlone).ToList();
        if (Exact.Length <= 4 * Needle.WordLength && words.Before.Length + words.After.Length > 0)
            areas.AddRange(AreasOf(words.Before + Exact + words.After, words.Before.Length, MostChanged));
        using var forward = new Needle(Exact);
        using var backward = new Needle(Exact, isBackward: true);
        var found = new HashSet<(int Start, int End)>();
        foreach (var (from, to) in areas)
        {
            if (Compared(forward, backward, from, to) is { } similar)
                found.Add(similar);
            if (contexts.Between(from, to) is { } between)
                found.Add(between);
        }

        if (contexts.Gap() is { } gap)
            found.Add((gap, gap));
        return [.. found.Select(f => comparison.Candidate(f.Start, f.End, comparison.Kept(f.Start, f.End)))];
    }

    /// <param name="pattern">The quote, or the quote within its surroundings.</param>
    /// <param name="offset">Where in the pattern the quote begins.</param>
    private IEnumerable<(int From, int To)> AreasOf(string pattern, int offset, double limit)
    {
        var slack = Slack(limit, pattern);
        return StartsOf(pattern, limit, slack).Take(MostAreas).Select(s =>
            (Math.Max(0, s.First + offset - slack), Math.Min(text.Words.Text.Length, s.Last + offset + Exact.Length + slack)));
    }

    // The areas with the most unchanged characters first.
    private IEnumerable<(int First, int Last)> StartsOf(string pattern, double limit, int slack)
    {
        if (pattern.Length > Needle.WordLength)
            return Grouped(Pieces.Find(pattern, text.Words.Text, limit).OrderBy(p => p.Start), slack);
        using var needle = new Needle(pattern);
        return needle.All(text.Words.Text, (int)(limit * pattern.Length)).Found.OrderBy(h => h.Distance)
            .Select(h => (h.End - pattern.Length, h.End - pattern.Length)).ToList();
    }

    // Insertions before a character move it by at most this many characters.
    private static int Slack(double limit, string pattern) => (int)(limit * pattern.Length) + 8;

    private static IEnumerable<(int First, int Last)> Grouped(IEnumerable<(int Start, int Same)> pieces, int slack)
    {
        var groups = new List<(int First, int Last, int Same)>();
        foreach (var (start, same) in pieces)
        {
            if (groups is [.., var last] && start - last.First <= slack)
                groups[^1] = (last.First, start, last.Same + same);
            else
                groups.Add((start, start, same));
        }

        return groups.OrderByDescending(g => g.Same).Select(g => (g.First, g.Last));
    }

    private (int Start, int End)? Compared(Needle forward, Needle backward, int from, int to)
    {
        var folded = text.Words.Text;
        if (from >= to)
            return null;
        var (distance, read) = forward.Best(folded[from..to], isFixed: false);
        var end = from + read;
        var start = end - backward.Best(folded[Math.Max(0, end - Exact.Length - distance)..end], isFixed: true).Read;
        if (start >= end)
            return null;
        if (distance > 0)
            (start, end) = contexts.Bounded(start, end, Slack(MostChanged, Exact));
        return (start, end);
    }
}
