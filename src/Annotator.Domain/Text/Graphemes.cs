using System.Globalization;

namespace Annotator.Domain.Text;

/// <summary>Boundaries of user-perceived characters (UAX #29), so that no highlight and no cut falls inside one.</summary>
internal static class Graphemes
{
    // UTF-16 units that the search for a boundary goes back at most: longer sequences without a plain character are no text.
    private const int MaxWalk = 256;

    /// <summary>The start of the grapheme that holds the position.</summary>
    public static int Start(string text, int position)
    {
        for (var (start, end) = (Anchor(text, position), 0); ; start = end)
        {
            end = start + Length(text, start);
            if (end > position || start == position)
                return start;
        }
    }

    /// <summary>The position itself where a grapheme ends there, else the end of the grapheme around it.</summary>
    public static int End(string text, int position)
    {
        var start = Start(text, position);
        return start == position ? position : start + Length(text, start);
    }

    private static int Length(string text, int start) => start < text.Length ? StringInfo.GetNextTextElementLength(text, start) : 1;

    // A boundary at or before the position, from which graphemes are counted onwards.
    private static int Anchor(string text, int position)
    {
        var anchor = Math.Min(position, text.Length);
        for (var walked = 0; anchor > 0 && walked < MaxWalk; anchor--, walked++)
        {
            if (IsPlain(text[anchor - 1]) && (anchor == text.Length || IsPlain(text[anchor])))
                return anchor;
        }

        return anchor;
    }

    // Characters between two of which there is always a boundary. CR LF would be one; LF therefore is not among them.
    private static bool IsPlain(char c) =>
        c is (>= ' ' and <= '~') or (>= '\u4e00' and <= '\u9fff') or (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA');
}
