using System.Buffers;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// Where a pattern stands in a text with the fewest insertions, deletions and replacements: a column of the table of edit distances
/// is kept as bits, 64 rows in a word (Myers 1999; words on words as in Hyyrö 2003).
/// </summary>
internal sealed class Needle : IDisposable
{
    public const int WordLength = 64;

    private readonly bool _isBackward;
    private readonly int _words;
    private readonly ushort[] _signs;
    private readonly ulong[] _equal;
    private readonly ulong[] _up;
    private readonly ulong[] _down;

    /// <param name="pattern">Not empty.</param>
    /// <param name="isBackward">Whether pattern and texts are read from their ends.</param>
    public Needle(ReadOnlySpan<char> pattern, bool isBackward = false)
    {
        _isBackward = isBackward;
        Length = pattern.Length;
        _words = (Length + WordLength - 1) / WordLength;
        _up = new ulong[_words];
        _down = new ulong[_words];
        _signs = ArrayPool<ushort>.Shared.Rent(char.MaxValue + 1);
        Array.Clear(_signs);
        var kinds = Number(pattern, _signs);
        _equal = new ulong[(kinds + 1) * _words];
        for (var i = 0; i < Length; i++)
            _equal[_signs[pattern[isBackward ? Length - 1 - i : i]] * _words + i / WordLength] |= 1UL << (i % WordLength);
    }

    public int Length { get; }

    /// <summary>
    /// Numbers the distinct characters of a pattern from 1, in a table by UTF-16 unit; characters that are not in it stay 0.
    /// </summary>
    /// <param name="kinds">Numbers given before.</param>
    /// <returns>Numbers given so far.</returns>
    public static int Number(ReadOnlySpan<char> pattern, ushort[] signs, int kinds = 0)
    {
        foreach (var c in pattern)
        {
            if (signs[c] == 0)
                signs[c] = (ushort)++kinds;
        }

        return kinds;
    }

    /// <summary>
    /// The smallest edit distance between the pattern and a stretch of the text, and the characters read to the end of that
    /// stretch.
    /// </summary>
    /// <param name="isFixed">Whether the pattern must begin where the text does.</param>
    public (int Distance, int Read) Best(ReadOnlySpan<char> text, bool isFixed)
    {
        var best = (Distance: Length, Read: 0);
        Start();
        for (int i = 0, distance = Length; i < text.Length; i++)
        {
            distance += Step(text[_isBackward ? text.Length - 1 - i : i], isFixed ? 1 : 0);
            // Of equally good ends side by side the last is taken, so that replaced last characters belong to the place.
            if (distance < best.Distance || (distance == best.Distance && best.Read == i))
                best = (distance, i + 1);
        }

        return best;
    }

    /// <summary>The edit distance between the pattern and the whole text.</summary>
    public int Distance(ReadOnlySpan<char> text)
    {
        var distance = Length;
        Start();
        for (var i = 0; i < text.Length; i++)
            distance += Step(text[_isBackward ? text.Length - 1 - i : i], 1);
        return distance;
    }

    /// <summary>The ends of all stretches whose edit distance is within the limit.</summary>
    public Occurrences All(ReadOnlySpan<char> text, int limit)
    {
        var hits = new Occurrences(Length / 2);
        Start();
        for (int i = 0, distance = Length; i < text.Length; i++)
        {
            distance += Step(text[i], 0);
            if (distance <= limit)
                hits.Add(i + 1, distance);
        }

        return hits;
    }

    public void Dispose() => ArrayPool<ushort>.Shared.Return(_signs);

    private void Start()
    {
        Array.Fill(_up, ulong.MaxValue);
        Array.Clear(_down);
    }

    /// <summary>Computes the next column of the table from one character of the text.</summary>
    /// <param name="carry">
    /// Change of the distance in row 0 (empty pattern): 0 where the pattern may begin anywhere, 1 where it may not.
    /// </param>
    /// <returns>Change of the distance in the last row (whole pattern): 1, 0 or -1.</returns>
    private int Step(char c, int carry)
    {
        var row = _signs[c] * _words;
        for (var word = 0; word < _words; word++)
        {
            var (equal, up, down) = (_equal[row + word], _up[word], _down[word]);
            var (rises, falls) = ((ulong)(carry > 0 ? 1 : 0), (ulong)(carry < 0 ? 1 : 0));
            var upright = equal | down;
            equal |= falls;
            var level = (((equal & up) + up) ^ up) | equal;
            var right = down | ~(level | up);
            var left = up & level;
            var last = word == _words - 1 ? (Length - 1) % WordLength : WordLength - 1;
            carry = (int)((right >> last) & 1) - (int)((left >> last) & 1);
            right = (right << 1) | rises;
            left = (left << 1) | falls;
            _up[word] = left | ~(upright | right);
            _down[word] = right & upright;
        }

        return carry;
    }
}
