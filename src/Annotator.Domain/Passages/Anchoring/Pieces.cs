using System.Buffers;
using System.Runtime.Intrinsics;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// Finds candidates for a long pattern by four pieces of 64 characters, which one pass over the text seeks side by side in a vector
/// register. If the pattern stands in the text with few changes, at least one piece does too; only there the whole is compared.
/// </summary>
internal static class Pieces
{
    private const int Length = Needle.WordLength;
    private const int Count = 4;

    /// <param name="pattern">Longer than one piece.</param>
    /// <param name="limit">Share of a piece that may be changed, 0 to 1.</param>
    /// <returns>Offset in the text at which the pattern would begin, and the unchanged characters of the piece that was found.</returns>
    public static IEnumerable<(int Start, int Same)> Find(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, double limit)
    {
        var offsets = Enumerable.Range(0, Count).Select(OffsetOf(pattern.Length)).ToArray();
        var hits = Scan(pattern, offsets, text, (int)(limit * Length));
        return hits.SelectMany((lane, i) => lane.Found.Select(h => (h.End - Length - offsets[i], Length - h.Distance)));
    }

    private static Func<int, int> OffsetOf(int length) => i => i * (length - Length) / (Count - 1);

    private static Occurrences[] Scan(ReadOnlySpan<char> pattern, int[] offsets, ReadOnlySpan<char> text, int limit)
    {
        var signs = ArrayPool<ushort>.Shared.Rent(char.MaxValue + 1);
        Array.Clear(signs);
        Occurrences[] hits = [new(Length / 2), new(Length / 2), new(Length / 2), new(Length / 2)];
        var equals = Equals(pattern, offsets, signs);
        var (up, down, distances) = (Vector256<ulong>.AllBitsSet, Vector256<ulong>.Zero, Vector256.Create((ulong)Length));
        var limits = Vector256.Create((ulong)limit);
        for (var i = 0; i < text.Length; i++)
        {
            var equal = equals[signs[text[i]]];
            var upright = equal | down;
            var level = (((equal & up) + up) ^ up) | equal;
            var right = down | ~(level | up);
            var left = up & level;
            distances += (right >>> (Length - 1)) - (left >>> (Length - 1));
            right <<= 1;
            up = (left << 1) | ~(upright | right);
            down = right & upright;
            if (Vector256.LessThanOrEqualAny(distances.AsInt64(), limits.AsInt64()))
                Note(hits, distances, limit, i + 1);
        }

        ArrayPool<ushort>.Shared.Return(signs);
        return hits;
    }

    private static Vector256<ulong>[] Equals(ReadOnlySpan<char> pattern, int[] offsets, ushort[] signs)
    {
        var kinds = 0;
        foreach (var offset in offsets)
            kinds = Needle.Number(pattern.Slice(offset, Length), signs, kinds);
        var equals = new ulong[kinds + 1, Count];
        for (var piece = 0; piece < Count; piece++)
        {
            for (var i = 0; i < Length; i++)
                equals[signs[pattern[offsets[piece] + i]], piece] |= 1UL << i;
        }

        return [.. Enumerable.Range(0, kinds + 1).Select(k => Vector256.Create(equals[k, 0], equals[k, 1], equals[k, 2], equals[k, 3]))];
    }

    private static void Note(Occurrences[] hits, Vector256<ulong> distances, int limit, int end)
    {
        for (var piece = 0; piece < Count; piece++)
        {
            if ((int)distances[piece] <= limit)
                hits[piece].Add(end, (int)distances[piece]);
        }
    }
}
