using System.Text;
using System.Text.RegularExpressions;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>
/// Extracts the text of a document. What the document is decides how it is read, not what it is called. Reading may take any time and
/// memory: documents of strangers are read by <see cref="TextWorkers"/>.
/// </summary>
public static partial class DocumentReader
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="Invalid">The field is <c>file</c>.</exception>
    public static ExtractedText Read(byte[] bytes, DocumentInfo about)
    {
        var format = about.Format ?? TextFormats.Of(bytes, about.Hint ?? TextFormats.ByName(about.Name));
        var text = Read(bytes, format, about);
        if (string.IsNullOrWhiteSpace(text.Text))
            throw new Invalid("file", "empty_text");
        return text with { Format = format, Title = text.Title ?? TitleOf(text, format, about.Name), Outline = TextOutline.Of(text.Html) };
    }

    private static ExtractedText Read(byte[] bytes, string format, DocumentInfo about) => format switch
    {
        TextFormats.Pdf => PdfReader.Read(bytes),
        TextFormats.Epub => EpubReader.Read(bytes),
        TextFormats.Html => HtmlReader.Read(Encodings.Text(bytes, about.Charset ?? DeclaredCharset(bytes)), about.Address),
        TextFormats.Markdown => MarkdownReader.Read(Encodings.Text(bytes, about.Charset)),
        _ => PlainTextReader.Read(Encodings.Text(bytes, about.Charset)),
    };

    // What a plain text begins with says more than its name, such as "scan0003".
    private static string? TitleOf(ExtractedText text, string format, string? name) =>
        format is TextFormats.Plain or TextFormats.Markdown && name is not null ? text.FirstLine() ?? TitleOf(name) : TitleOf(name);

    private static string? TitleOf(string? name) => Path.GetFileNameWithoutExtension(name) is { Length: > 0 } title ? title : null;

    private static string? DeclaredCharset(byte[] bytes) =>
        MetaCharset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(2_048, bytes.Length))) is { Success: true } declared
            ? declared.Groups["name"].Value
            : null;

    [GeneratedRegex(@"<meta[^>]+charset\s*=\s*[""']?(?<name>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetaCharset();
}

/// <summary>What is known of a document before it is read.</summary>
public sealed record DocumentInfo
{
    /// <summary>
    /// Name of its file. Says the format where the content does not, and is the title where the text neither has one nor begins with one.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Media type (<see cref="TextFormats"/>) that is certain; null to find it out.</summary>
    public string? Format { get; init; }

    /// <summary>Media type that a server sent; used where the content does not show another.</summary>
    public string? Hint { get; init; }

    /// <summary>Name of the encoding that a server sent.</summary>
    public string? Charset { get; init; }

    /// <summary>Where a web page is from; relative links are relative to it. Null for any other document.</summary>
    public Uri? Address { get; init; }
}
