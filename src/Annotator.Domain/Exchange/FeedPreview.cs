namespace Annotator.Domain.Exchange;

/// <summary>How the lines of a feed are paired.</summary>
/// <param name="IsQuoted">Whether the feed marks its passages as Markdown quotes.</param>
/// <param name="Pairs">Passages with a comment.</param>
/// <param name="First">The first passages, with or without a comment.</param>
/// <param name="AloneCount">Passages without a comment: left over where lines were out of step, or an odd last line.</param>
/// <param name="Alone">Line numbers of the first <see cref="MaxAlone"/> of them.</param>
/// <param name="Doubts">Stretches that a person should look at.</param>
public sealed record FeedPreview(
    bool IsQuoted,
    long Pairs,
    IReadOnlyList<PreviewedPair> First,
    long AloneCount,
    IReadOnlyList<long> Alone,
    IReadOnlyList<FeedDoubt> Doubts
)
{
    public const int MaxAlone = 100;

    internal static async Task<FeedPreview> OfAsync(IAsyncEnumerable<FeedLine> lines, int shown, CancellationToken ct)
    {
        var pairing = new FeedPairing(lines);
        var first = new List<PreviewedPair>();
        var alone = new List<long>();
        var (pairs, aloneCount) = (0L, 0L);
        await foreach (var pair in pairing.PairsAsync(ct))
        {
            if (first.Count < shown)
            {
                first.Add(
                    new PreviewedPair(
                        pair.Line, pair.PassageText, pair.Comment.Count > 0 ? pair.Comment[0].Number : null, pair.CommentText));
            }
            if (pair.Comment.Count > 0)
                pairs++;
            else if (++aloneCount <= MaxAlone)
                alone.Add(pair.Line);
        }

        return new FeedPreview(pairing.IsQuoted, pairs, first, aloneCount, alone, pairing.Doubts);
    }
}

/// <summary>A passage with its comment and the lines where they begin.</summary>
public sealed record PreviewedPair(long Line, string Passage, long? CommentLine, string Comment);
