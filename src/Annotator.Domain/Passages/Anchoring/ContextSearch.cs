namespace Annotator.Domain.Passages.Anchoring;

/// <summary>Seeks where the prefix of a quote ends and its suffix begins: between both stands, or stood, the quote.</summary>
internal sealed class ContextSearch(QuotedWords words, SnapshotText text) : IDisposable
{
    /// <summary>
    /// Share of a context's characters, 0 to 1, that must be unchanged where it decides at which character a changed quote ends.
    /// </summary>
    private const double SurelyAlike = 0.75;

    /// <summary>Characters of prefix and of suffix that are sought joined, to see whether the quoted words were deleted.</summary>
    private const int Joint = 24;

    private Needle? _prefix;
    private Needle? _suffix;

    private Needle Prefix => _prefix ??= new Needle(words.Before);

    private Needle Suffix => _suffix ??= new Needle(words.After, isBackward: true);

    private ReadOnlySpan<char> Folded => text.Words.Text;

    /// <summary>The place between what is like the prefix and what is like the suffix; null when both are not near each other.</summary>
    /// <param name="from">Where the text in which both are sought begins.</param>
    /// <param name="to">Where it ends.</param>
    public (int Start, int End)? Between(int from, int to)
    {
        if (!QuotedWords.IsLongEnough(words.Before) || !QuotedWords.IsLongEnough(words.After))
            return null;
        (from, to) = (Math.Max(0, from - words.Before.Length), Math.Min(Folded.Length, to + words.After.Length));
        var (before, after) = (Prefix.Best(Folded[from..to], isFixed: false), Suffix.Best(Folded[from..to], isFixed: false));
        var (start, end) = (from + before.Read, to - after.Read);
        if (start < end && Folded[start..end].IndexOfAnyExcept(FoldedWords.Space) < 0)
            end = start;
        return start <= end && IsSure(before.Distance, Prefix) && IsSure(after.Distance, Suffix) ? (start, end) : null;
    }

    /// <summary>Where prefix and suffix adjoin, as the words between them are gone; null when they do so nowhere.</summary>
    public int? Gap()
    {
        var before = words.Before[^Math.Min(Joint, words.Before.Length)..];
        var after = words.After[..Math.Min(Joint, words.After.Length)];
        if (FoldedWords.Weight(before + after) < 2 * QuotedWords.LeastLetters)
            return null;
        var between = before is [.., var last] && after is [var first, ..] && char.IsAsciiDigit(last) && char.IsAsciiDigit(first)
            ? FoldedWords.Space.ToString()
            : "";
        return Folded.IndexOf(before + between + after) is >= 0 and var at ? at + before.Length : null;
    }

    /// <summary>
    /// Moves the edges of a changed place to where the prefix ends and the suffix begins, if the words at that edge were replaced.
    /// </summary>
    /// <param name="reach">Folded characters that an edge may move at most.</param>
    public (int Start, int End) Bounded(int start, int end, int reach)
    {
        if (QuotedWords.IsLongEnough(words.After) && !EndsAlike(Folded[start..end]))
        {
            var area = (From: Math.Max(start + 1, end - reach), To: Math.Min(Folded.Length, end + reach + words.After.Length));
            if (area.From < area.To
                && Suffix.Best(Folded[area.From..area.To], isFixed: false) is var found
                && IsSure(found.Distance, Suffix))
            {
                end = Math.Max(start + 1, area.To - found.Read);
            }
        }

        if (QuotedWords.IsLongEnough(words.Before) && !StartsAlike(Folded[start..end]))
        {
            var area = (From: Math.Max(0, start - reach - words.Before.Length), To: Math.Min(end - 1, start + reach));
            if (area.From < area.To
                && Prefix.Best(Folded[area.From..area.To], isFixed: false) is var found
                && IsSure(found.Distance, Prefix))
            {
                start = Math.Min(end - 1, area.From + found.Read);
            }
        }

        return (start, end);
    }

    public void Dispose()
    {
        _prefix?.Dispose();
        _suffix?.Dispose();
    }

    private static bool IsSure(int distance, Needle context) => distance <= (1 - SurelyAlike) * context.Length;

    private bool EndsAlike(ReadOnlySpan<char> found) => found.EndsWith(words.Exact.AsSpan()[^Edge..]);

    private bool StartsAlike(ReadOnlySpan<char> found) => found.StartsWith(words.Exact.AsSpan()[..Edge]);

    private int Edge => Math.Min(4, words.Exact.Length);
}
