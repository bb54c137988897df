using System.Buffers;

namespace Annotator.Domain.Analysis;

/// <summary>Folds a text into rented memory, on request with the original range of every folded unit.</summary>
internal sealed class FoldBuffer : IDisposable
{
    private char[] text;
    private int[] starts = [];
    private int[] ends = [];
    private int length;

    public FoldBuffer(ReadOnlySpan<char> original, bool withOrigins = false)
    {
        text = ArrayPool<char>.Shared.Rent(original.Length + 32);
        if (withOrigins)
        {
            starts = ArrayPool<int>.Shared.Rent(text.Length);
            ends = ArrayPool<int>.Shared.Rent(text.Length);
        }

        Fold(original);
    }

    public ReadOnlySpan<char> Text => text.AsSpan(0, length);

    /// <summary>A segment as the original text writes it; as folded where the buffer has no origins.</summary>
    public ReadOnlySpan<char> Written(ReadOnlySpan<char> original, Segment segment) =>
        starts.Length == 0 ? segment.In(Text) : original[starts[segment.Start]..ends[segment.Start + segment.Length - 1]];

    public ReadOnlySpan<int> Starts => starts.AsSpan(0, length);

    public ReadOnlySpan<int> Ends => ends.AsSpan(0, length);

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(text);
        if (starts.Length > 0)
        {
            ArrayPool<int>.Shared.Return(starts);
            ArrayPool<int>.Shared.Return(ends);
        }

        text = [];
        starts = ends = [];
        length = 0;
    }

    private void Fold(ReadOnlySpan<char> original)
    {
        for (int start = 0, end; start < original.Length; start = end)
        {
            var c = original[start];
            var next = start + 1 < original.Length ? original[start + 1] : '\0';
            if (c < '\u0080' && next < '\u0300')
            {
                end = start + 1;
                Append(char.IsAsciiLetterUpper(c) ? (char)(c | ' ') : c, start, end);
                continue;
            }

            if (Folding.IsBrokenAt(original, start))
            {
                end = start + 1;
                Append('-', start, end);
                continue;
            }

            end = Folding.ClusterEnd(original, start);
            foreach (var folded in end == start + 1 ? Folding.One(c) : Folding.Cluster(original[start..end]))
            {
                Append(folded, start, end);
            }
        }
    }

    private void Append(char c, int start, int end)
    {
        if (length == text.Length)
        {
            Grow();
        }

        text[length] = c;
        if (starts.Length > 0)
        {
            (starts[length], ends[length]) = (start, end);
        }

        length++;
    }

    private void Grow()
    {
        text = Grown(text);
        if (starts.Length > 0)
        {
            starts = Grown(starts, text.Length);
            ends = Grown(ends, text.Length);
        }
    }

    private T[] Grown<T>(T[] full, int atLeast = 0)
    {
        var grown = ArrayPool<T>.Shared.Rent(Math.Max(atLeast, 2 * full.Length));
        full.AsSpan(0, length).CopyTo(grown);
        ArrayPool<T>.Shared.Return(full);
        return grown;
    }
}
