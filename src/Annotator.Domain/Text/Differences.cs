using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;

namespace Annotator.Domain.Text;

/// <summary>
/// Compares versions of texts as readers do: by words, and by characters where words are not divided by spaces. What would take too long
/// by words is compared by lines, and what would take too long by lines is shown whole, removed and added: comparing takes time by the
/// product of both lengths, and a page may show hundreds of comparisons. One instance is for one page, not for several threads.
/// </summary>
/// <param name="pairs">
/// How many pairs of one word before and one word after may be compared in all, where the texts differ. 10 million take about 40 ms.
/// </param>
public sealed class Differences(long pairs)
{
    /// <summary>
    /// Words and signs of both texts together, up to which they are compared by words. A text may be as long as a request.
    /// </summary>
    public const int MaxChunks = 20_000;

    private const long PairsOfPage = 100_000_000;

    private long _left = pairs;

    public Differences()
        : this(PairsOfPage)
    {
    }

    /// <summary>The stretches in reading order; removed ones stand before the added ones that replace them.</summary>
    public IReadOnlyList<Difference> Between(string before, string after) =>
        string.Equals(before, after, StringComparison.Ordinal)
            ? Whole(DifferenceKind.Same, after)
            : ByWords(before, after) ?? ByLines(before, after) ?? Replaced(before, after);

    private List<Difference>? ByWords(string before, string after) => Compared(before, after, Chunks.Word());

    // The lines that differ are compared by words as far as that is still possible.
    private List<Difference>? ByLines(string before, string after)
    {
        if (Compared(before, after, Chunks.Line()) is not { } lines)
            return null;
        var pieces = new List<Difference>();
        for (var i = 0; i < lines.Count; i++)
        {
            var isReplaced = lines[i].Kind is DifferenceKind.Removed && i + 1 < lines.Count && lines[i + 1].Kind is DifferenceKind.Added;
            if (isReplaced && ByWords(lines[i].Text, lines[i + 1].Text) is { } words)
            {
                words.ForEach(Add);
                i++;
            }
            else
            {
                Add(lines[i]);
            }
        }

        return pieces;

        void Add(Difference piece)
        {
            if (piece.Kind is DifferenceKind.Same && pieces is [.., { Kind: DifferenceKind.Same, Text: var same }])
                pieces[^1] = piece with { Text = same + piece.Text };
            else
                pieces.Add(piece);
        }
    }

    // Null when there are too many chunks, or more pairs of them than are left.
    private List<Difference>? Compared(string before, string after, Regex chunk)
    {
        if (Chunks.Of(before, chunk, MaxChunks) is not { } old || Chunks.Of(after, chunk, MaxChunks - old.Count) is not { } young)
            return null;
        var (start, end) = Chunks.Shared(old, young);
        var cost = (long)(old.Count - start - end) * (young.Count - start - end);
        if (cost > _left)
            return null;
        _left -= cost;
        List<Difference> pieces = [.. Whole(DifferenceKind.Same, Joined(old[..start]))];
        pieces.AddRange(OfChunks(old[start..^end], young[start..^end]));
        pieces.AddRange(Whole(DifferenceKind.Same, Joined(old[^end..])));
        return pieces;
    }

    private static IEnumerable<Difference> OfChunks(List<string> before, List<string> after)
    {
        var diff = Differ.Instance.CreateDiffs("<", ">", ignoreWhiteSpace: false, ignoreCase: false, new Cut(before, after));
        var at = 0;
        foreach (var block in diff.DiffBlocks)
        {
            var stretches = Whole(DifferenceKind.Same, Joined(after[at..block.InsertStartB]))
                .Concat(Whole(DifferenceKind.Removed, Joined(before.GetRange(block.DeleteStartA, block.DeleteCountA))))
                .Concat(Whole(DifferenceKind.Added, Joined(after.GetRange(block.InsertStartB, block.InsertCountB))));
            foreach (var stretch in stretches)
                yield return stretch;
            at = block.InsertStartB + block.InsertCountB;
        }

        foreach (var rest in Whole(DifferenceKind.Same, Joined(after[at..])))
            yield return rest;
    }

    private static IReadOnlyList<Difference> Replaced(string before, string after) =>
        [.. Whole(DifferenceKind.Removed, before), .. Whole(DifferenceKind.Added, after)];

    private static IReadOnlyList<Difference> Whole(DifferenceKind kind, string text) => text.Length == 0 ? [] : [new(kind, text)];

    private static string Joined(List<string> chunks) => string.Concat(chunks);

    /// <summary>Chunks that are there already.</summary>
    private sealed class Cut(List<string> before, List<string> after) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => text is "<" ? before : after;
    }
}
