namespace Annotator.Domain.Passages.Anchoring;

/// <summary>The places in a text that may be a quote's, from folded words to folded words.</summary>
internal sealed class Places(QuotedWords words, SnapshotText text, Surroundings surroundings)
{
    /// <summary>Words that stand in more places than this are found by their surroundings only.</summary>
    private const int MostExact = 4_096;

    /// <summary>Longer quotes are found when nothing in them changed: comparing takes time by length times length.</summary>
    private const int LongestCompared = 16_384;

    /// <summary>Areas of a text in which the words are compared.</summary>
    private const int MostAreas = 16;

    /// <summary>Share of a quote that may be changed.</summary>
    private const double MostChanged = 0.38;

    /// <summary>Share that may be changed in a short quote that is sought without its surroundings: more is found by chance.</summary>
    private const double MostChangedAlone = 0.34;

    private string Exact => words.Exact;

    public List<Candidate> Unchanged()
    {
        var found = new List<Candidate>();
        var folded = text.Words.Text;
        for (int at, from = 0; (at = folded[from..].IndexOf(Exact)) >= 0; from += at + 1)
        {
            if (found.Count == MostExact)
                return [];
            found.Add(surroundings.Candidate(from + at, from + at + Exact.Length, kept: 1));
        }

        return found;
    }

    public List<Candidate> Changed()
    {
        if (Exact.Length > LongestCompared)
            return [];
        var areas = AreasOf(Exact, 0, Exact.Length > Needle.WordLength ? MostChanged : MostChangedAlone);
        if (Exact.Length <= 4 * Needle.WordLength && words.Before.Length + words.After.Length > 0)
            areas = areas.Concat(AreasOf(words.Before + Exact + words.After, words.Before.Length, MostChanged));
        using var forward = new Needle(Exact);
        using var backward = new Needle(Exact, isBackward: true);
        var found = new Dictionary<(int, int), Candidate>();
        foreach (var (from, to) in areas)
        {
            if (Compared(forward, backward, from, to) is { } candidate)
                found[(candidate.Start, candidate.End)] = candidate;
        }

        return [.. found.Values];
    }

    /// <param name="pattern">The quote, or the quote within its surroundings.</param>
    /// <param name="offset">Where in the pattern the quote begins.</param>
    private IEnumerable<(int From, int To)> AreasOf(string pattern, int offset, double limit)
    {
        var slack = Slack(limit, pattern);
        return StartsOf(pattern, limit, slack).Take(MostAreas).Select(s =>
            (Math.Max(0, s.First + offset - slack), Math.Min(text.Words.Text.Length, s.Last + offset + Exact.Length + slack)));
    }

    // The best first.
    private IEnumerable<(int First, int Last)> StartsOf(string pattern, double limit, int slack)
    {
        if (pattern.Length > Needle.WordLength)
            return Grouped(Pieces.Find(pattern, text.Words.Text, limit).OrderBy(p => p.Start), slack);
        using var needle = new Needle(pattern);
        return needle.All(text.Words.Text, (int)(limit * pattern.Length)).Found.OrderBy(h => h.Distance)
            .Select(h => (h.End - pattern.Length, h.End - pattern.Length)).ToList();
    }

    // How far insertions may move the characters behind them.
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

    private Candidate? Compared(Needle forward, Needle backward, int from, int to)
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
            (start, end) = surroundings.Bounded(start, end, Slack(MostChanged, Exact));
        return surroundings.Candidate(start, end, 1 - (double)forward.Distance(folded[start..end]) / Math.Max(Exact.Length, end - start));
    }
}
