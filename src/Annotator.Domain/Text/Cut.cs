namespace Annotator.Domain.Text;

/// <summary>Shortens texts without breaking a character that a reader sees. All lengths are UTF-16 units.</summary>
public static class Cut
{
    private const string Ellipsis = "…";

    /// <summary>The beginning of the text, at most <paramref name="length"/> long, in whole graphemes.</summary>
    public static string Start(string text, int length) => text.Length <= length ? text : text[..StartLength(text, length)];

    /// <summary>The end of the text, at most <paramref name="length"/> long, in whole graphemes.</summary>
    public static string End(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var start = Graphemes.End(text, text.Length - length);
        return start < text.Length ? text[start..] : CodePointsAtEnd(text, length);
    }

    /// <summary>The text, or its beginning and an ellipsis, together at most <paramref name="length"/> long.</summary>
    public static string Shown(string text, int length) =>
        text.Length <= length ? text : Start(text, length - Ellipsis.Length) + Ellipsis;

    /// <summary>
    /// The text, or its beginning and an ellipsis, together at most <paramref name="length"/> long. It ends after a word, where one ends
    /// in the last tenth of it.
    /// </summary>
    public static string Words(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var start = Start(text, length - Ellipsis.Length);
        var end = start.Length;
        while (end > 0 && !char.IsWhiteSpace(text[end]) && start.Length - end < length / 10)
            end--;
        return (end > 0 && char.IsWhiteSpace(text[end]) ? start[..end].TrimEnd() : start) + Ellipsis;
    }

    /// <summary>
    /// The beginning in whole code points. For lexemes and other keys that are stored and compared: a cut at graphemes would change
    /// with each version of Unicode.
    /// </summary>
    public static ReadOnlySpan<char> CodePoints(ReadOnlySpan<char> text, int length) =>
        text.Length <= length ? text
        : length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];

    // A single grapheme may be longer than the limit (a letter under a hundred marks): then it is cut between code points.
    private static int StartLength(string text, int length) =>
        Graphemes.Start(text, length) is > 0 and var end ? end : CodePoints(text, length).Length;

    private static string CodePointsAtEnd(string text, int length) =>
        length > 0 && char.IsLowSurrogate(text[^length]) ? text[^(length - 1)..] : text[^length..];
}
