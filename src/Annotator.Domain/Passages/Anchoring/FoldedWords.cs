using System.Globalization;
using Annotator.Domain.Languages;
using Annotator.Domain.Text;

namespace Annotator.Domain.Passages.Anchoring;

/// <summary>
/// A text by <see cref="AnchorFolding"/>, without dashes between two letters too (hyphens of compounds and of line ends), with the way
/// back to the original.
/// </summary>
internal sealed class FoldedWords
{
    private const char Dash = AnchorFolding.Dash;

    private readonly char[] _text;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private int _length;

    // The range in the original of dashes that have been read and not yet written.
    private (int Start, int End)? _dash;

    private FoldedWords(string original)
    {
        using var folded = new FoldBuffer(original, AnchorFolding.Policy, withOrigins: true);
        var length = folded.Text.Length;
        (_text, _starts, _ends) = (new char[length], new int[length], new int[length]);
        for (var i = 0; i < length; i++)
            Append(folded.Text[i], folded.Starts[i], folded.Ends[i]);
        if (_dash is not null)
            Write(Dash, _dash.Value.Start, _dash.Value.End);
    }

    /// <summary>Folds a text by <see cref="AnchorFolding"/>.</summary>
    public static FoldedWords Of(string original) => new(original);

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
    }

    private void Write(char c, int start, int end)
    {
        (_text[_length], _starts[_length], _ends[_length]) = (c, start, end);
        _length++;
    }

    private static bool IsLetter(char c) =>
        char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
