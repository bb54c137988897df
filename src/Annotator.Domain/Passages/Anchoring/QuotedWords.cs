namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// A quote with its prefix and suffix, all three folded loosely (<see cref="FoldedWords"/>). They are folded as one text, because folding
/// a dash or a combining mark looks at its neighbours.
/// </summary>
internal sealed record QuotedWords(string Before, string Exact, string After)
{
    /// <summary>UTF-16 units of prefix and of suffix that are compared; longer contexts place a quote no better.</summary>
    private const int LongestContext = 96;

    /// <summary>Contexts shorter than this many letters are ignored: they match elsewhere by chance.</summary>
    public const int LeastLetters = 12;

    /// <summary>Folds a quote; prefix and suffix are cut to the 96 UTF-16 units next to the words.</summary>
    public static QuotedWords Of(Quote quote)
    {
        var prefix = quote.Prefix[^Math.Min(quote.Prefix.Length, LongestContext)..];
        var suffix = quote.Suffix[..Math.Min(quote.Suffix.Length, LongestContext)];
        var folded = FoldedWords.Loosely(prefix + quote.Exact + suffix);
        var start = CountBefore(folded.Ends, prefix.Length + 1);
        var end = Math.Max(start, CountBefore(folded.Starts, prefix.Length + quote.Exact.Length));
        // Whether a number stands beside the words says nothing.
        return new QuotedWords(
            folded.Text[..start].TrimEnd(FoldedWords.Space).ToString(),
            folded.Text[start..end].ToString(),
            folded.Text[end..].TrimStart(FoldedWords.Space).ToString());
    }

    /// <summary>Whether a prefix or suffix says something.</summary>
    public static bool IsLongEnough(string context) => FoldedWords.Weight(context) >= LeastLetters;

    private static int CountBefore(ReadOnlySpan<int> offsets, int limit)
    {
        var count = 0;
        while (count < offsets.Length && offsets[count] < limit)
            count++;
        return count;
    }
}
