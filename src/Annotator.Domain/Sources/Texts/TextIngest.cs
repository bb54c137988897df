using System.Text;
using System.Text.RegularExpressions;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>Makes a text to annotate of whatever people bring. Its kind is told from what it is, not from what it is called.</summary>
public static partial class TextIngest
{
    public const string Plain = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Html = "text/html";
    public const string Pdf = "application/pdf";
    public const string Epub = "application/epub+zip";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Reads a file.</summary>
    /// <param name="file">Read up to <see cref="Limits.File"/>, whatever its length says; stays open.</param>
    /// <param name="name">What it is called, for Markdown and for its title.</param>
    /// <exception cref="Invalid">The field is <c>file</c>.</exception>
    public static async Task<(string Format, IngestedText Text)> ReadFileAsync(Stream file, string name, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > Limits.File)
                throw new Invalid("file", "file_too_large", Limits.File / Limits.Megabyte);
            bytes.Write(buffer, 0, read);
        }

        var (format, text) = await ReadAsync(bytes.ToArray(), FormatByName(name), null, null, ct);
        return (format, text.Title is null ? text with { Title = Path.GetFileNameWithoutExtension(name) is { Length: > 0 } title ? title : null } : text);
    }

    /// <summary>Reads what was pasted.</summary>
    /// <exception cref="Invalid">The field is <c>text</c>.</exception>
    public static async Task<(string Format, IngestedText Text)> ReadPastedAsync(string words, CancellationToken ct)
    {
        try
        {
            return (Markdown, await InTimeAsync(patience => MarkdownReader.Read(words, patience), ct));
        }
        catch (Invalid invalid)
        {
            throw new Invalid("text", invalid.Reason, invalid.Limit);
        }
    }

    /// <summary>Reads what was fetched.</summary>
    /// <param name="contentType">Media type as the server says.</param>
    /// <exception cref="Invalid">The field is <c>file</c>.</exception>
    public static Task<(string Format, IngestedText Text)> ReadFetchedAsync(byte[] content, Uri address, string contentType, string? charset, CancellationToken ct) =>
        ReadAsync(content, contentType is "application/xhtml+xml" ? Html : contentType, address, charset, ct);

    private static async Task<(string Format, IngestedText Text)> ReadAsync(byte[] bytes, string hint, Uri? address, string? charset, CancellationToken ct)
    {
        var format = FormatOf(bytes, hint);
        var text = await InTimeAsync(patience => Read(bytes, format, address, charset, patience), ct);
        return (format, text);
    }

    private static IngestedText Read(byte[] bytes, string format, Uri? address, string? charset, CancellationToken ct) => format switch
    {
        Pdf => PdfReader.Read(bytes, ct),
        Epub => EpubReader.Read(bytes, ct),
        Html => HtmlReader.Read(Encodings.Text(bytes, charset ?? SaidCharset(bytes)), address, ct),
        Markdown => MarkdownReader.Read(Encodings.Text(bytes, charset), ct),
        _ => PlainTextReader.Read(Encodings.Text(bytes, charset), ct),
    };

    // Reading is computing; a page must not wait for it longer than its reader would.
    private static async Task<IngestedText> InTimeAsync(Func<CancellationToken, IngestedText> read, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var text = await Task.Run(() => read(limit.Token), ct).WaitAsync(limit.Token);
            return string.IsNullOrWhiteSpace(text.Content.Text) ? throw new Invalid("file", "empty_text") : text;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new Invalid("file", "too_slow_to_read", (int)Patience.TotalSeconds);
        }
    }

    private static string FormatOf(ReadOnlySpan<byte> bytes, string hint)
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
        return hint is Html || PageStart().IsMatch(Encoding.Latin1.GetString(start)) ? Html : hint is Markdown ? Markdown : Plain;
    }

    // A zero byte stands in no text but UTF-16, which has a mark.
    private static bool IsBinary(ReadOnlySpan<byte> start) =>
        start.Contains((byte)0) && !start.StartsWith(Encoding.Unicode.Preamble) && !start.StartsWith(Encoding.BigEndianUnicode.Preamble);

    private static string FormatByName(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".md" or ".markdown" => Markdown,
        ".html" or ".htm" or ".xhtml" => Html,
        ".pdf" => Pdf,
        ".epub" => Epub,
        _ => Plain,
    };

    private static string? SaidCharset(byte[] bytes) =>
        MetaCharset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(2_048, bytes.Length))) is { Success: true } said ? said.Groups["name"].Value : null;

    [GeneratedRegex(@"^(\xEF\xBB\xBF)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex PageStart();

    [GeneratedRegex(@"<meta[^>]+charset\s*=\s*[""']?(?<name>[\w-]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetaCharset();
}
