namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// Finds a quote in a text that may have changed since it was quoted (W3C TextQuoteSelector). The quote's position only decides
/// between several places with the same words, because it was counted in an earlier text. A quote whose place is not clear stays
/// unplaced: a mark on the wrong words is worse than none.
/// </summary>
public static class Anchor
{
    /// <summary>Share of the quoted characters that stand between the edges of a changed place, at least.</summary>
    private const double LeastKept = 0.5;

    /// <summary>Folded units of inserted text behind which the rest of a quote is sought.</summary>
    private const int LongestInserted = 192;

    /// <summary>The place of a quote, with its confidence; <see cref="Placement.Unplaced"/> where there is none or several.</summary>
    public static Placement Find(Quote quote, SnapshotText text)
    {
        if (WhereItWas(quote, text) is { } untouched)
            return untouched;
        var words = QuotedWords.Of(quote);
        if (words.Exact.Length == 0)
            return OfSigns(quote, text);
        using var surroundings = new Surroundings(words, quote.Start, text);
        using var contexts = new ContextSearch(words, text);
        using var comparison = new QuoteComparison(quote, words, text, surroundings);
        var search = new CandidateSearch(words, text, comparison, contexts);
        var weight = FoldedWords.Weight(words.Exact);
        var unchanged = search.Unchanged();
        // Only a place that lacks nothing needs no comparison with changed ones: the quoted words may have changed, and the same ones
        // stand elsewhere.
        var found = (unchanged.Exists(c => c.IsWhole) ? Candidate.Choose(unchanged, weight) : null)
            ?? Candidate.Choose([.. unchanged.Union(search.Changed())], weight);
        if (found is null)
            return Placement.Unplaced;
        return found.Kept >= 1
            ? text.Place(
                found.IsExact ? PlacementKind.Exact : PlacementKind.Changed,
                text.Words.Starts[found.Start]..text.Words.Ends[found.End - 1],
                found.Confidence)
            : Changed(found);

        Placement Changed(Candidate candidate)
        {
            var isRight = surroundings.Edges(candidate.Start, candidate.End);
            var reach = Math.Min(words.Exact.Length, LongestInserted);
            var (start, end) = Edges.Drawn(words.Exact, text.Words.Text, candidate.Start, candidate.End, isRight, reach);
            if (start >= end || (isRight is not (true, true) && comparison.Kept(start, end) < LeastKept))
                return Placement.Unplaced;
            var original = Edges.BetweenWords(text.Text, quote, text.Words.Starts[start], text.Words.Ends[end - 1], isRight);
            return text.Place(PlacementKind.Changed, original, candidate.Confidence);
        }
    }

    private static Placement? WhereItWas(Quote quote, SnapshotText text)
    {
        if (quote.Exact.Length == 0 || quote.Start is not { } position || text.Utf16(position) is not { } start)
            return null;
        var before = text.Text.AsSpan(0, start);
        var from = text.Text.AsSpan(start);
        return from.StartsWith(quote.Exact) && from[quote.Exact.Length..].StartsWith(quote.Suffix) && before.EndsWith(quote.Prefix)
            ? text.Place(PlacementKind.Exact, start..(start + quote.Exact.Length), 1)
            : null;
    }

    // Quotes of signs only, such as a dash, fold to nothing. They are found as written with their context, when that stands in the
    // text once.
    private static Placement OfSigns(Quote quote, SnapshotText text)
    {
        var whole = quote.Prefix + quote.Exact + quote.Suffix;
        var at = quote.Exact.Length == 0 ? -1 : text.Text.IndexOf(whole, StringComparison.Ordinal);
        if (at < 0 || text.Text.IndexOf(whole, at + 1, StringComparison.Ordinal) >= 0)
            return Placement.Unplaced;
        var start = at + quote.Prefix.Length;
        return text.Place(PlacementKind.Exact, start..(start + quote.Exact.Length), 1);
    }
}
