using System.Buffers;
using System.Text;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Text;

/// <summary>
/// Text as it comes from people and programs, made fit to store: NFC, lines ended by LF, no control characters but LF and tab.
/// Zero-width and bidirectional controls stay: Persian, Indic scripts, emoji and mixed-direction text need them.
/// </summary>
public static class UserText
{
    private static readonly SearchValues<char> Turning =
        SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>Cleans a text, or gives the reason why it cannot be stored.</summary>
    /// <param name="text">Any string.</param>
    /// <param name="maxLength">The longest result, in UTF-16 units.</param>
    /// <param name="cleaned">The clean text; empty when refused.</param>
    /// <param name="reasonCode">
    /// Empty, or <c>lone_surrogate</c> (no text at all, and PostgreSQL refuses it), <c>nul</c> (likewise), <c>too_long</c>.
    /// </param>
    public static bool TryClean(string text, int maxLength, out string cleaned, out string reasonCode)
    {
        cleaned = "";
        reasonCode = Fault(text);
        if (reasonCode.Length > 0)
            return false;

        var clean = Normalized(text);
        if (clean.Length > maxLength)
        {
            reasonCode = "too_long";
            return false;
        }

        cleaned = clean;
        return true;
    }

    /// <summary>
    /// Cleans any text: NUL is dropped, half a surrogate pair becomes U+FFFD. For texts that nobody is there to correct, as in
    /// imports.
    /// </summary>
    public static string Clean(string text) => Fault(text).Length == 0 ? Normalized(text) : Normalized(Mended(text));

    private static string Fault(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return "nul";

            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                    return "lone_surrogate";

                i++;
            }
        }

        return "";
    }

    private static string Mended(string text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            mended.Append(rune);

        return mended.ToString();
    }

    private static string Normalized(string text)
    {
        var plain = text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            ? WithoutControls(text)
            : text;
        return Normalization.Of(plain, NormalizationForm.FormC);
    }

    private static string WithoutControls(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                kept.Append('\n');
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else if (text[i] is '\n' or '\t' || !char.IsControl(text[i]))
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }

    /// <summary>The text cleaned.</summary>
    /// <exception cref="Invalid">It is longer than the limit, in UTF-16 units, or cannot be stored.</exception>
    public static string Field(string field, string text, int limit) =>
        TryClean(text, limit, out var cleaned, out var reason)
            ? cleaned
            : throw new Invalid(field, reason, string.Equals(reason, "too_long", StringComparison.Ordinal) ? limit : null);

    /// <summary>The text cleaned, as <see cref="Label"/>; null for nothing that can be seen.</summary>
    /// <exception cref="Invalid">As <see cref="Field"/>.</exception>
    public static string? Line(string field, string? text, int limit) => Label(Field(field, text ?? "", limit));

    /// <summary>
    /// A name, title or tag on one line. It stands apart from the text around it anyway, so signs that turn or embed what follows
    /// (U+202A to U+202E, U+2066 to U+2069) are left out: they would show it as something else.
    /// </summary>
    /// <returns>Null when there is nothing in it that can be seen.</returns>
    public static string? Label(string text)
    {
        var line = text.AsSpan().ContainsAny(Turning)
            ? string.Concat(text.Where(c => !Turning.Contains(c)))
            : text;
        line = line.ReplaceLineEndings(" ").Trim();
        return Invisible.IsAllOf(line) ? null : line;
    }
}
