namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// Finds a quoted stretch in a text that may have changed since. The position only decides between places, for it was counted in another
/// text. A mark in a wrong place is worse than none: what is not clear stays unplaced.
/// </summary>
public static class Anchor
{
    public static Placement Find(Quote quote, SnapshotText text)
    {
        if (WhereItWas(quote, text) is { } untouched)
            return untouched;
        var words = QuotedWords.Of(quote);
        if (words.Exact.Length == 0)
            return OfSigns(quote, text);
        using var surroundings = new Surroundings(words, quote.Start, text);
        var places = new Places(words, text, surroundings);
        var weight = FoldedWords.Weight(words.Exact);
        var unchanged = places.Unchanged();
        // Words that stand in several places are not less ambiguous when changed ones are sought too.
        var found = Candidate.Choose(unchanged, weight) ?? Candidate.Choose([.. unchanged.Union(places.Changed())], weight);
        return found is null ? Placement.Unplaced : Placed(found, text);
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

    // A quote of which folding leaves nothing, such as a dash: only as it is written.
    private static Placement OfSigns(Quote quote, SnapshotText text)
    {
        var whole = quote.Prefix + quote.Exact + quote.Suffix;
        var at = quote.Exact.Length == 0 ? -1 : text.Text.IndexOf(whole, StringComparison.Ordinal);
        if (at < 0 || text.Text.IndexOf(whole, at + 1, StringComparison.Ordinal) >= 0)
            return Placement.Unplaced;
        var start = at + quote.Prefix.Length;
        return text.Place(PlacementKind.Exact, start..(start + quote.Exact.Length), 1);
    }

    private static Placement Placed(Candidate found, SnapshotText text) => text.Place(
        found.IsExact ? PlacementKind.Exact : PlacementKind.Changed,
        text.Words.Starts[found.Start]..text.Words.Ends[found.End - 1],
        found.Confidence);
}
