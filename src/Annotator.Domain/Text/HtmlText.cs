using System.Buffers;
using System.Text;

namespace Annotator.Domain.Text;

/// <summary>Plain text as HTML.</summary>
public static class HtmlText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("&<>\"\u00a0");

    /// <summary>
    /// The entity of a character that cannot stand for itself in HTML, else null. A quotation mark can, but for attribute values.
    /// </summary>
    public static string? EntityOf(char c) => c switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => null,
    };

    /// <summary>The text as a serializer writes it into an element (HTML Standard, 13.3): a no-break space becomes an entity too.</summary>
    public static string Escape(string text) => Escape(text, c => c == '\u00a0' ? "&nbsp;" : EntityOf(c));

    /// <summary>The text as the value of an attribute in double quotation marks.</summary>
    public static string EscapeAttribute(string text) => Escape(text, c => c == '"' ? "&quot;" : EntityOf(c));

    private static string Escape(string text, Func<char, string?> entityOf)
    {
        if (!text.AsSpan().ContainsAny(Escaped))
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (entityOf(c) is { } entity)
                escaped.Append(entity);
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
