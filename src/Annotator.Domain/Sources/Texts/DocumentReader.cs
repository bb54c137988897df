using System.Text;
using System.Text.RegularExpressions;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Extracts the text of a document. What the document is decides how it is read, not what it is called.</summary>
public static partial class DocumentReader
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <summary>Reads a document from a stream.</summary>
    /// <param name="content">Read up to <see cref="Limits.File"/>, whatever its length says; stays open.</param>
    /// <exception cref="Invalid">The field is <c>file</c>.</exception>
    public static async Task<ExtractedText> ReadAsync(Stream content, DocumentInfo about, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > Limits.File)
                throw new Invalid("file", "file_too_large", Limits.File / Limits.Megabyte);
            bytes.Write(buffer, 0, read);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeLimit);
        try
        {
            return await Task.Run(() => Read(bytes.ToArray(), about, limit.Token), ct).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new Invalid("file", "too_slow_to_read", (int)TimeLimit.TotalSeconds);
        }
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="Invalid">The field is <c>file</c>.</exception>
    public static ExtractedText Read(byte[] bytes, DocumentInfo about, CancellationToken ct)
    {
        var format = about.Format ?? TextFormats.Of(bytes, about.Hint ?? TextFormats.ByName(about.Name));
        var text = Read(bytes, format, about, ct);
        if (string.IsNullOrWhiteSpace(text.Text))
            throw new Invalid("file", "empty_text");
        return text with { Format = format, Title = text.Title ?? TitleOf(about.Name) };
    }

    private static ExtractedText Read(byte[] bytes, string format, DocumentInfo about, CancellationToken ct) => format switch
    {
        TextFormats.Pdf => PdfReader.Read(bytes, ct),
        TextFormats.Epub => EpubReader.Read(bytes, ct),
        TextFormats.Html => HtmlReader.Read(Encodings.Text(bytes, about.Charset ?? DeclaredCharset(bytes)), about.Address, ct),
        TextFormats.Markdown => MarkdownReader.Read(Encodings.Text(bytes, about.Charset), ct),
        _ => PlainTextReader.Read(Encodings.Text(bytes, about.Charset), ct),
    };

    private static string? TitleOf(string? name) => Path.GetFileNameWithoutExtension(name) is { Length: > 0 } title ? title : null;

    private static string? DeclaredCharset(byte[] bytes) =>
        MetaCharset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(2_048, bytes.Length))) is { Success: true } declared ? declared.Groups["name"].Value : null;

    [GeneratedRegex(@"<meta[^>]+charset\s*=\s*[""']?(?<name>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetaCharset();
}

/// <summary>What is known of a document before it is read.</summary>
public sealed record DocumentInfo
{
    /// <summary>Name of its file. Says the format where the content does not, and is the title where there is none.</summary>
    public string? Name { get; init; }

    /// <summary>Media type (<see cref="TextFormats"/>) that is certain; null to find it out.</summary>
    public string? Format { get; init; }

    /// <summary>Media type as a server says: believed where the content does not say otherwise.</summary>
    public string? Hint { get; init; }

    /// <summary>Name of its encoding, as a server says.</summary>
    public string? Charset { get; init; }

    /// <summary>Where a web page is from; relative links are relative to it. Null for any other document.</summary>
    public Uri? Address { get; init; }
}
