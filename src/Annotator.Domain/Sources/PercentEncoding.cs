using System.Buffers;
using System.Globalization;
using System.Text;

namespace Annotator.Domain.Sources;

/// <summary>Percent-encoding (RFC 3986 §2.1) on bytes, so that escapes that are no UTF-8 survive.</summary>
internal static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>
    /// The bytes that a text with escapes stands for. Letters are composed (NFC), for some systems write é as e and an accent.
    /// A percent sign without two hex digits stays.
    /// </summary>
    public static byte[] Decode(string text) => Composed(Unescaped(Encoding.UTF8.GetBytes(text)));

    /// <summary>As <see cref="Decode"/>; a plus is a space, as in forms.</summary>
    public static byte[] DecodePlus(string text) => Decode(text.Replace('+', ' '));

    /// <summary>The text that escapes stand for; bytes that are no UTF-8 stay escaped.</summary>
    public static string DecodeText(string text)
    {
        var decoded = new StringBuilder(text.Length);
        foreach (var (rune, bytes) in Runes(Decode(text)))
            decoded.Append(rune is { } letter ? letter.ToString() : Escaped(bytes));
        return decoded.ToString();
    }

    /// <summary>Escapes all bytes but ASCII letters, digits and <paramref name="safe"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, string safe)
    {
        var encoded = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || safe.Contains((char)b, StringComparison.Ordinal))
                encoded.Append((char)b);
            else
                encoded.Append(Escaped([b]));
        }

        return encoded.ToString();
    }

    /// <summary>As <see cref="Encode"/>; a space becomes a plus, as in forms.</summary>
    public static string EncodePlus(ReadOnlySpan<byte> bytes, string safe) => Encode(bytes, safe + " ").Replace(' ', '+');

    private static byte[] Unescaped(byte[] text)
    {
        var bytes = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%'
                && i + 2 < text.Length
                && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                bytes[count++] = escaped;
                i += 2;
            }
            else
            {
                bytes[count++] = text[i];
            }
        }

        return bytes[..count];
    }

    // Composing would also replace single letters by others, such as U+F900 by U+8C48: a dictionary has a page for each of them.
    private static byte[] Composed(byte[] bytes)
    {
        if (Ascii.IsValid(bytes))
            return bytes;
        var composed = new List<byte>(bytes.Length);
        var text = new StringBuilder();
        foreach (var (rune, escaped) in Runes(bytes))
        {
            if (rune is { } letter && !IsReplacedByComposing(letter))
            {
                text.Append(letter.ToString());
                continue;
            }

            Flush();
            composed.AddRange(escaped);
        }

        Flush();
        return [.. composed];

        void Flush()
        {
            composed.AddRange(Encoding.UTF8.GetBytes(text.ToString().Normalize(NormalizationForm.FormC)));
            text.Clear();
        }
    }

    private static bool IsReplacedByComposing(Rune letter)
    {
        var composed = letter.ToString().Normalize(NormalizationForm.FormC);
        return Rune.TryGetRuneAt(composed, 0, out var other) && other != letter && other.Utf16SequenceLength == composed.Length;
    }

    // Letters with their bytes; null with a byte that belongs to no letter.
    private static IEnumerable<(Rune? Letter, byte[] Bytes)> Runes(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            var isLetter = Rune.DecodeFromUtf8(bytes.AsSpan(i), out var letter, out var length) is OperationStatus.Done;
            length = isLetter ? length : 1;
            yield return (isLetter ? letter : null, bytes[i..(i + length)]);
            i += length;
        }
    }

    private static string Escaped(byte[] bytes) => string.Concat(bytes.Select(b => $"%{Hex[b >> 4]}{Hex[b & 15]}"));
}
