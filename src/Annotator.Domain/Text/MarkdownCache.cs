using Microsoft.Extensions.Caching.Memory;

namespace Annotator.Domain.Text;

/// <summary>
/// HTML of Markdown texts, rendered once and kept in memory up to a number of bytes. The key is the text itself, so that each version
/// of a comment has its own and a text in two comments is rendered once.
/// </summary>
public sealed class MarkdownCache(long bytes) : IDisposable
{
    private const long DefaultBytes = 64L * 1024 * 1024;

    // Bytes that the cache needs for an entry besides its two strings, about.
    private const int BytesPerEntry = 300;

    private readonly MemoryCache _html = new(new MemoryCacheOptions { SizeLimit = bytes, CompactionPercentage = 0.1 });

    /// <summary>A cache of 64 MB, counting the texts and their HTML.</summary>
    public MarkdownCache()
        : this(DefaultBytes)
    {
    }

    /// <summary>Texts kept now.</summary>
    public int Count => _html.Count;

    /// <summary>See <see cref="MarkdownRenderer.ToHtml"/>.</summary>
    public string ToHtml(string markdown)
    {
        // A line without markup is escaped at once: that is faster than looking it up.
        if (MarkdownRenderer.IsBareLine(markdown))
            return MarkdownRenderer.ToHtml(markdown);
        if (_html.TryGetValue(markdown, out string? known))
            return known!;
        var html = MarkdownRenderer.ToHtml(markdown);
        _html.Set(markdown, html, new MemoryCacheEntryOptions { Size = SizeOf(markdown, html) });
        return html;
    }

    public void Dispose() => _html.Dispose();

    private static long SizeOf(string markdown, string html) => BytesPerEntry + sizeof(char) * (long)(markdown.Length + html.Length);
}
