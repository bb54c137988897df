using System.Globalization;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// A text by <see cref="AnchorFolding"/>, without dashes between two letters too (hyphens of compounds and of line ends), with the way
/// back to the original. Loosely folded, it is without the readings that stand in brackets behind Chinese characters, too.
/// </summary>
internal sealed class FoldedWords
{
    /// <summary>What stays of the white space between two numbers.</summary>
    public const char Space = ' ';

    private const char Dash = AnchorFolding.Dash;

    /// <summary>Kana of the reading of one word, at most.</summary>
    private const int LongestReading = 16;

    private readonly bool _isLoose;
    private readonly char[] _text;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private int _length;

    // The range in the original of dashes that have been read and not yet written.
    private (int Start, int End)? _dash;

    private FoldedWords(string original, bool isLoose)
    {
        _isLoose = isLoose;
        using var folded = new FoldBuffer(original, isLoose ? AnchorFolding.Loose : AnchorFolding.Policy, withOrigins: true);
        var length = folded.Text.Length;
        (_text, _starts, _ends) = (new char[2 * length], new int[2 * length], new int[2 * length]);
        // A number in one cell of a table and a number in the next one do not make another number.
        for (var i = 0; i < length; i++)
        {
            if (i > 0
                && folded.Starts[i] > folded.Ends[i - 1]
                && char.IsAsciiDigit(folded.Text[i])
                && char.IsAsciiDigit(folded.Text[i - 1])
                && original.AsSpan()[folded.Ends[i - 1]..folded.Starts[i]].ContainsAny(' ', '\t', '\n'))
            {
                Write(Space, folded.Ends[i - 1], folded.Starts[i]);
            }

            Append(folded.Text[i], folded.Starts[i], folded.Ends[i]);
        }

        if (_dash is not null)
            Write(Dash, _dash.Value.Start, _dash.Value.End);
    }

    /// <summary>Equal for words that are unchanged.</summary>
    public static FoldedWords Of(string original) => new(original, isLoose: false);

    /// <summary>Equal for words that are the same for who looks for them.</summary>
    public static FoldedWords Loosely(string original) => new(original, isLoose: true);

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>For each folded unit the UTF-16 offset in the original at which it begins.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, _length);

    /// <summary>For each folded unit the UTF-16 offset in the original after it.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, _length);

    /// <summary>Length of folded words in letters of an alphabet: see <see cref="UnspacedScripts.LettersPerCharacter"/>.</summary>
    public static int Weight(ReadOnlySpan<char> folded)
    {
        var weight = 0;
        foreach (var c in folded)
            weight += UnspacedScripts.LettersPerCharacter(c);
        return weight;
    }

    private void Append(char c, int start, int end)
    {
        if (c == Dash)
        {
            _dash = (_dash?.Start ?? start, end);
            return;
        }

        if (_dash is { } between)
        {
            _dash = null;
            if (_length == 0 || !IsLetter(_text[_length - 1]) || !IsLetter(c))
                Write(Dash, between.Start, between.End);
        }

        Write(c, start, end);
        if (_isLoose && c is ')' or '》')
            DropReading();
    }

    private void DropReading()
    {
        var at = _length - 2;
        while (at > 0 && _length - at < LongestReading + 2 && _text[at] is (>= '\u3041' and <= '\u309F') or (>= '\u30A1' and <= '\u30FF'))
            at--;
        if (at > 0 && at < _length - 2 && _text[at] is '(' or '《' && _text[at - 1] is (>= '\u4E00' and <= '\u9FFF') or '\u3005')
            _length = at;
    }

    private void Write(char c, int start, int end)
    {
        (_text[_length], _starts[_length], _ends[_length]) = (c, start, end);
        _length++;
    }

    private static bool IsLetter(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
