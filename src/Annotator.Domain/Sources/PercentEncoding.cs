using System.Globalization;
using System.Text;

namespace Annotator.Domain.Sources;

/// <summary>Percent-encoding as Python's <c>urllib.parse</c> does it, on which normal forms of addresses rest.</summary>
internal static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    public static string DecodePlus(string text) => Decode(text.Replace('+', ' '));

    /// <summary>Bytes that are no UTF-8 become U+FFFD; a percent sign without two hex digits stays.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        // Escaped bytes never join with a literal non-ASCII character beside them: each ASCII stretch is decoded alone.
        var decoded = new StringBuilder(text.Length);
        var bytes = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAscii(text[i]))
            {
                decoded.Append(Encoding.UTF8.GetString(bytes, 0, count)).Append(text[i]);
                count = 0;
            }
            else if (IsEscape(text, i))
            {
                bytes[count++] = byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                bytes[count++] = (byte)text[i];
            }
        }

        return decoded.Append(Encoding.UTF8.GetString(bytes, 0, count)).ToString();
    }

    public static string EncodePlus(string text, string safe) => Encode(text, safe + " ").Replace(' ', '+');

    /// <summary>Escapes the UTF-8 bytes of all but ASCII letters, digits and <paramref name="safe"/>.</summary>
    public static string Encode(string text, string safe)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || safe.Contains((char)b, StringComparison.Ordinal))
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            }
        }

        return encoded.ToString();
    }

    private static bool IsEscape(string text, int i) =>
        text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
}
