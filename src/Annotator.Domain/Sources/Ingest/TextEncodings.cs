using System.Text;

namespace Annotator.Domain.Sources.Ingest;

/// <summary>Bytes as text: by their mark, by what was declared, as UTF-8, else by a guess between GB 18030 and Windows-1252.</summary>
internal static class TextEncodings
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="declared">Name of a character set that somebody claims; may be wrong, unknown or null.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? declared)
    {
        foreach (var marked in (Encoding[])[Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (bytes.StartsWith(marked.Preamble))
                return marked.GetString(bytes[marked.Preamble.Length..]);
        }

        return Strictly(Utf8, bytes) ?? Named(declared)?.GetString(bytes) ?? Guessed(bytes);
    }

    private static Encoding? Named(string? name)
    {
        try
        {
            return name is null ? null : CodePagesEncodingProvider.Instance.GetEncoding(name.Trim()) ?? Encoding.GetEncoding(name.Trim());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Guessed(ReadOnlySpan<byte> bytes)
    {
        var chinese = CodePagesEncodingProvider.Instance.GetEncoding("gb18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        return (CountHigh(bytes) > bytes.Length / 3 ? Strictly(chinese, bytes) : null)
            ?? CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!.GetString(bytes);
    }

    private static int CountHigh(ReadOnlySpan<byte> bytes)
    {
        var high = 0;
        foreach (var b in bytes)
            high += b >> 7;
        return high;
    }

    private static string? Strictly(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
