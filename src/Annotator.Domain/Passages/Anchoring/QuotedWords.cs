namespace Annotator.Domain.Passages.Anchoring;

/// <summary>A quote and its surroundings, folded together: what a dash or a mark is depends on its neighbours.</summary>
internal sealed record QuotedWords(string Before, string Exact, string After)
{
    /// <summary>More context than this says no more about a place.</summary>
    private const int LongestContext = 96;

    public static QuotedWords Of(Quote quote)
    {
        var prefix = quote.Prefix[^Math.Min(quote.Prefix.Length, LongestContext)..];
        var suffix = quote.Suffix[..Math.Min(quote.Suffix.Length, LongestContext)];
        var folded = FoldedWords.Of(prefix + quote.Exact + suffix);
        var start = CountBefore(folded.Ends, prefix.Length + 1);
        var end = Math.Max(start, CountBefore(folded.Starts, prefix.Length + quote.Exact.Length));
        return new QuotedWords(folded.Text[..start].ToString(), folded.Text[start..end].ToString(), folded.Text[end..].ToString());
    }

    private static int CountBefore(ReadOnlySpan<int> offsets, int limit)
    {
        var count = 0;
        while (count < offsets.Length && offsets[count] < limit)
            count++;
        return count;
    }
}
