using System.Text;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Bytes as text: by their mark, by what is said of them, else UTF-8, else as Windows writes Western languages.</summary>
internal static class Encodings
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Western = Codepages.GetEncoding(1252)!;

    private static EncodingProvider Codepages => CodePagesEncodingProvider.Instance;

    /// <param name="charset">Name of an encoding from the sender; null for none.</param>
    public static string Text(byte[] bytes, string? charset)
    {
        foreach (var marked in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            if (bytes.AsSpan().StartsWith(marked.Preamble))
                return marked.GetString(bytes.AsSpan(marked.Preamble.Length));
        }

        if ((charset is null ? null : Named(charset)) is { } said)
            return said.GetString(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    private static Encoding? Named(string charset)
    {
        var name = charset.Trim('"', '\'', ' ');
        try
        {
            return Codepages.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
