using System.Text;
using System.Text.RegularExpressions;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>The formats that texts are read from, as media types, and how each is recognised.</summary>
public static partial class TextFormats
{
    public const string Plain = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string Pdf = "application/pdf";
    public const string Epub = "application/epub+zip";

    /// <summary>The media type of a document. Its first bytes count more than any hint.</summary>
    /// <param name="hint">Media type by the ending of the file name, or as a server sent it.</param>
    /// <exception cref="Invalid"><c>unknown_format</c> or <c>unreadable</c>.</exception>
    internal static string Of(ReadOnlySpan<byte> bytes, string hint)
    {
        var start = bytes[..Math.Min(1_024, bytes.Length)];
        if (start.IndexOf("%PDF-"u8) >= 0)
            return Pdf;
        if (start.StartsWith("PK\u0003\u0004"u8))
            return start.IndexOf("application/epub+zip"u8) >= 0 ? Epub : throw new Invalid("file", "unknown_format");
        if (hint is Pdf or Epub)
            throw new Invalid("file", "unreadable");
        if (IsBinary(start))
            throw new Invalid("file", "unknown_format");
        return hint is Html or "application/xhtml+xml" || PageStart().IsMatch(Encoding.Latin1.GetString(start))
            ? Html
            : hint is Markdown ? Markdown : Plain;
    }

    /// <summary>The media type that the ending of a file's name stands for.</summary>
    internal static string ByName(string? name) => Path.GetExtension(name)?.ToLowerInvariant() switch
    {
        ".md" or ".markdown" => Markdown,
        ".html" or ".htm" or ".xhtml" => Html,
        ".pdf" => Pdf,
        ".epub" => Epub,
        _ => Plain,
    };

    // A zero byte stands in no text but UTF-16, which begins with a byte order mark.
    private static bool IsBinary(ReadOnlySpan<byte> start) =>
        start.Contains((byte)0) && !start.StartsWith(Encoding.Unicode.Preamble) && !start.StartsWith(Encoding.BigEndianUnicode.Preamble);

    [GeneratedRegex(
        @"^(\xEF\xBB\xBF)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000)]
    private static partial Regex PageStart();
}
