using System.Globalization;
using System.Text;

namespace Annotator.Domain.Search;

/// <summary>
/// Reads the characters of a query from left to right. Signs that differ only by keyboard, input method or phone (full-width
/// colons, curly quotation marks, dashes for a minus) mean the same.
/// </summary>
internal sealed class QueryText(string text)
{
    private const string QuotationMarks = "\"＂“”„「」『』«»";
    private const int LongestName = 20;

    private readonly int[] _mates = Mates(text);
    private readonly int _lastRaised = text.LastIndexOf('”');
    private readonly int _lastPointed = text.LastIndexOf('«');
    private int _at;

    public bool IsAtEnd => _at == text.Length;

    public bool IsAtOpening => !IsAtEnd && text[_at] is '(' or '（';

    public bool IsAtClosing => !IsAtEnd && text[_at] is ')' or '）';

    public bool IsAtEquals => !IsAtEnd && IsEquals(text[_at]);

    public bool IsAtOr => OrLength > 0;

    /// <summary>Full-width letters, digits and signs as those of ASCII, and the dashes that stand for a minus.</summary>
    public static string Plain(string text) => string.Create(text.Length, text, (plain, typed) =>
    {
        for (var i = 0; i < plain.Length; i++)
            plain[i] = Plain(typed[i]);
    });

    /// <summary>Whether a letter or digit is in the text.</summary>
    public static bool HasLetters(ReadOnlySpan<char> word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                return true;
        }

        return false;
    }

    /// <summary><c>OR</c> in capital letters, also full-width ones.</summary>
    public static bool IsOr(string word) => word.Length == 2 && Plain(word[0]) == 'O' && Plain(word[1]) == 'R';

    /// <summary>An equals sign, also a full-width one.</summary>
    public static bool IsEquals(char c) => Plain(c) == '=';

    /// <summary>Goes on to the next sign: over spaces, marks of direction and quotation marks that nothing opened.</summary>
    public void SkipSpace()
    {
        while (!IsAtEnd
            && (char.IsWhiteSpace(text[_at]) || IsInvisible(text[_at]) || (QuotationMarks.Contains(text[_at]) && ClosersAt(_at) is null)))
        {
            _at++;
        }
    }

    /// <summary>Reads one UTF-16 unit.</summary>
    public string Sign() => text[_at++].ToString();

    /// <summary>Reads everything up to the end.</summary>
    public string Rest() => text[_at..(_at = text.Length)];

    /// <summary>Reads the operator that <see cref="IsAtOr"/> has seen, as typed.</summary>
    public string Or() => text[_at..(_at += OrLength)];

    /// <summary>A minus that stands right before a word, a phrase or a parenthesis.</summary>
    public bool TryMinus()
    {
        if (IsAtEnd || Plain(text[_at]) != '-')
            return false;
        var next = _at + 1;
        while (next < text.Length && IsInvisible(text[next]))
            next++;
        if (next == text.Length
            || Plain(text[next]) == '-'
            || !(Plain(text[next]) == '(' || ClosersAt(next) is not null || HasLetters(text.AsSpan(next, RunEnd(next, false) - next))))
        {
            return false;
        }
        _at = next;
        return true;
    }

    /// <param name="quoted">What stands between the marks, trimmed; up to the end where the closing one is missing.</param>
    /// <param name="isClosed">Whether the closing mark is there.</param>
    public bool TryQuoted(out string quoted, out bool isClosed)
    {
        (quoted, isClosed) = ("", false);
        if (IsAtEnd || ClosersAt(_at) is not { } closers)
            return false;
        var doubles = Plain(text[_at]) == '"';
        var read = new StringBuilder();
        for (_at++; !IsAtEnd && !isClosed; _at++)
        {
            var isMark = closers.Contains(text[_at]);
            var isDoubled = isMark && doubles && _at + 1 < text.Length && text[_at + 1] == text[_at];
            isClosed = isMark && !isDoubled;
            if (!isClosed)
                read.Append(text[_at]);
            _at += isDoubled ? 1 : 0;
        }

        quoted = read.ToString().Trim();
        return true;
    }

    /// <summary>The name of a filter and its colon, as typed.</summary>
    public bool TryField(out SearchField field, out string name)
    {
        var end = _at;
        while (end < text.Length && end - _at < LongestName && (char.IsAsciiLetter(Plain(text[end])) || Plain(text[end]) == '-'))
            end++;
        var named = end < text.Length && Plain(text[end]) == ':' ? SearchFilter.FieldNamed(Plain(text[_at..end])) : null;
        (field, name) = named is null ? (default, "") : (named.Value, text[_at..(_at = end + 1)]);
        return named is not null;
    }

    /// <summary>
    /// Everything up to a space, a quotation mark, a parenthesis or a bar. Addresses hold pairs of parentheses: a value keeps them.
    /// </summary>
    public string Run(bool isValue) => text[_at..(_at = RunEnd(_at, isValue))];

    private int OrLength
    {
        get
        {
            var end = _at;
            while (end < text.Length && Plain(text[end]) == '|')
                end++;
            if (end > _at)
                return end - _at;
            end += 2;
            return end <= text.Length && IsOr(text[_at..end]) && (end == text.Length || IsBreak(text[end])) ? 2 : 0;
        }
    }

    private int RunEnd(int start, bool isValue)
    {
        var end = start;
        while (end < text.Length && (!IsBreak(text[end]) || (isValue && end > start && _mates[end] > 0)))
            end = Math.Max(end, _mates[end]) + 1;
        return end;
    }

    /// <summary>The marks that close what the mark opens; null where it opens nothing.</summary>
    private string? ClosersAt(int at) => text[at] switch
    {
        '"' or '＂' => "\"＂",
        '“' => "”",
        '„' => "“”",
        '「' => "」",
        '『' => "』",
        '«' => "»",
        // These open in some languages and close in others.
        '”' when at < _lastRaised && CanOpen(at) => "”",
        '»' when at < _lastPointed && CanOpen(at) => "«",
        _ => null,
    };

    private bool CanOpen(int at) => (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && !char.IsWhiteSpace(text[at + 1]);

    private static bool IsBreak(char c) => char.IsWhiteSpace(c) || QuotationMarks.Contains(c) || Plain(c) is '(' or ')' or '|';

    // Zero-width space, byte order mark and marks of direction; joiners belong to words.
    private static bool IsInvisible(char c) =>
        char.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ('\u200c' or '\u200d');

    private static char Plain(char c) => c switch
    {
        '−' or '–' => '-',
        >= '！' and <= '～' => (char)(c - '！' + '!'),
        _ => c,
    };

    /// <summary>For every opening parenthesis inside a run the place of its closing one; 0 elsewhere.</summary>
    private static int[] Mates(string text)
    {
        var mates = new int[text.Length];
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
                open.Push(i);
            else if (text[i] == ')' && open.TryPop(out var start))
                mates[start] = i;
            else if (IsBreak(text[i]))
                open.Clear();
        }

        return mates;
    }
}
