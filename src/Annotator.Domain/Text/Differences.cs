using System.Text.RegularExpressions;
using Annotator.Domain.Languages;
using DiffPlex;
using DiffPlex.Chunkers;

namespace Annotator.Domain.Text;

/// <summary>What a stretch of a comparison is.</summary>
public enum DifferenceKind
{
    Same,
    Removed,
    Added,
}

/// <summary>One stretch of a comparison.</summary>
public sealed record Difference(DifferenceKind Kind, string Text);

/// <summary>Compares two versions of a text as readers do: by words, and by characters where words are not divided by spaces.</summary>
public static partial class Differences
{
    /// <summary>
    /// Words and signs of both texts together, up to which they are compared. Time and memory grow with the square of what differs:
    /// somebody could stop the server with one long text.
    /// </summary>
    public const int MaxChunks = 20_000;

    /// <summary>
    /// The stretches in reading order; removed ones stand before the added ones that replace them. Texts beyond
    /// <see cref="MaxChunks"/> are two stretches: the whole text before, the whole text after.
    /// </summary>
    public static IReadOnlyList<Difference> Between(string before, string after)
    {
        if (string.Equals(before, after, StringComparison.Ordinal))
            return after.Length == 0 ? [] : [new Difference(DifferenceKind.Same, after)];
        if (!IsComparable(before, after))
        {
            return [
                .. ((Difference[])[new(DifferenceKind.Removed, before), new(DifferenceKind.Added, after)]).Where(d => d.Text.Length > 0),
            ];
        }
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, WordChunker.Instance);
        var pieces = new List<Difference>();
        var at = 0;
        foreach (var block in diff.DiffBlocks)
        {
            Add(DifferenceKind.Same, diff.PiecesNew, at, block.InsertStartB - at);
            Add(DifferenceKind.Removed, diff.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            Add(DifferenceKind.Added, diff.PiecesNew, block.InsertStartB, block.InsertCountB);
            at = block.InsertStartB + block.InsertCountB;
        }

        Add(DifferenceKind.Same, diff.PiecesNew, at, diff.PiecesNew.Count - at);
        return pieces;

        void Add(DifferenceKind kind, IReadOnlyList<string> chunks, int start, int count)
        {
            if (count > 0)
                pieces.Add(new Difference(kind, string.Concat(chunks.Skip(start).Take(count))));
        }
    }

    // Stops counting at the limit: a text may be as long as a request.
    private static bool IsComparable(string before, string after)
    {
        var chunks = 0;
        foreach (var text in (ReadOnlySpan<string>)[before, after])
        {
            foreach (var _ in Word().EnumerateMatches(text))
            {
                if (++chunks > MaxChunks)
                    return false;
            }
        }

        return true;
    }

    private sealed class WordChunker : IChunker
    {
        public static WordChunker Instance { get; } = new();

        /// <summary>The words and signs of a text in their order; joined, they are the text.</summary>
        public IReadOnlyList<string> Chunk(string text) => [.. Word().Matches(text).Select(m => m.Value)];
    }

    // A character of a script without spaces with its marks; else a word; else white space; else one sign.
    [GeneratedRegex(
        "[" + UnspacedScripts.EastAsianLetters + UnspacedScripts.SoutheastAsian + @"]\p{M}*|[\p{L}\p{N}\p{M}]+|\s+|[\s\S]",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Word();
}
