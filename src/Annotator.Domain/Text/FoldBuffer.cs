using System.Buffers;

namespace Annotator.Domain.Text;

/// <summary>Folds a text into rented memory, on request with the original range of every folded unit.</summary>
internal sealed class FoldBuffer : IDisposable
{
    private char[] _text;
    private int[] _starts = [];
    private int[] _ends = [];
    private int _length;

    /// <summary>
    /// Folds the whole text. Rents about two bytes, with origins ten bytes, per UTF-16 unit until it is disposed of.
    /// </summary>
    /// <param name="withOrigins">Whether <see cref="Starts"/> and <see cref="Ends"/> are kept.</param>
    public FoldBuffer(ReadOnlySpan<char> original, FoldingPolicy policy, bool withOrigins = false)
    {
        _text = ArrayPool<char>.Shared.Rent(original.Length + 32);
        if (withOrigins)
        {
            _starts = ArrayPool<int>.Shared.Rent(_text.Length);
            _ends = ArrayPool<int>.Shared.Rent(_text.Length);
        }

        Fold(original, policy);
    }

    /// <summary>The folded text; valid until the buffer is disposed of.</summary>
    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>For each folded unit the UTF-16 offset in the original at which its cluster begins; empty without origins.</summary>
    public ReadOnlySpan<int> Starts => _starts.Length == 0 ? [] : _starts.AsSpan(0, _length);

    /// <summary>For each folded unit the UTF-16 offset in the original after its cluster; empty without origins.</summary>
    public ReadOnlySpan<int> Ends => _ends.Length == 0 ? [] : _ends.AsSpan(0, _length);

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_text);
        if (_starts.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_starts);
            ArrayPool<int>.Shared.Return(_ends);
        }

        _text = [];
        _starts = _ends = [];
        _length = 0;
    }

    private void Fold(ReadOnlySpan<char> original, FoldingPolicy policy)
    {
        for (int start = 0, end; start < original.Length; start = end)
        {
            end = start + 1;
            var c = original[start];
            // Below U+0300 there are no combining marks, so an ASCII unit before another such unit is a cluster by itself: most of
            // an English text.
            if (c < '\u0080' && (end == original.Length || original[end] < '\u0300'))
                Append(policy.Fold(c), start, end);
            else if (FoldingPolicy.IsBrokenAt(original, start))
                Append(policy.SeenSoftHyphen, start, end);
            else
                Append(policy.Fold(original[start..(end = policy.ClusterEnd(original, start))]), start, end);
        }
    }

    private void Append(string folded, int start, int end)
    {
        foreach (var c in folded)
            Append(c, start, end);
    }

    private void Append(char c, int start, int end)
    {
        if (_length == _text.Length)
            Grow();

        _text[_length] = c;
        if (_starts.Length > 0)
            (_starts[_length], _ends[_length]) = (start, end);

        _length++;
    }

    private void Grow()
    {
        _text = Grown(_text);
        if (_starts.Length > 0)
        {
            _starts = Grown(_starts, _text.Length);
            _ends = Grown(_ends, _text.Length);
        }
    }

    private T[] Grown<T>(T[] full, int atLeast = 0)
    {
        var grown = ArrayPool<T>.Shared.Rent(Math.Max(atLeast, 2 * full.Length));
        full.AsSpan(0, _length).CopyTo(grown);
        ArrayPool<T>.Shared.Return(full);
        return grown;
    }
}
