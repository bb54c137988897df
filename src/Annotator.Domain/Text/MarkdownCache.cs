using Microsoft.Extensions.Caching.Memory;

namespace Annotator.Domain.Text;

/// <summary>
/// HTML and plain text of Markdown texts, made once and kept in memory up to a number of bytes. The key is the text itself, so that each
/// version of a comment has its own and a text in two comments is rendered once.
/// </summary>
public sealed class MarkdownCache(long bytes) : IDisposable
{
    private const long DefaultBytes = 64L * 1024 * 1024;

    /// <summary>A text that nobody has looked at for this time is made anew for the next who does.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(1);

    // Bytes that the cache needs for an entry besides its two strings, about.
    private const int BytesPerEntry = 300;

    private readonly MemoryCache _made = new(new MemoryCacheOptions { SizeLimit = bytes, CompactionPercentage = 0.1 });

    /// <summary>A cache of 64 MB, counting the texts and their HTML.</summary>
    public MarkdownCache()
        : this(DefaultBytes)
    {
    }

    /// <summary>Texts kept now.</summary>
    public int Count => _made.Count;

    /// <summary>See <see cref="MarkdownRenderer.ToHtml"/>.</summary>
    public string ToHtml(string markdown)
    {
        // A line without markup is escaped at once: that is faster than looking it up.
        if (MarkdownRenderer.IsBareLine(markdown))
            return MarkdownRenderer.ToHtml(markdown);
        return Made(new Asked(markdown, IsHtml: true), MarkdownRenderer.ToHtml);
    }

    /// <summary>See <see cref="MarkdownRenderer.PlainText"/>.</summary>
    public string PlainText(string markdown) =>
        PlainTextWriter.MayHoldMarkup(markdown)
            ? Made(new Asked(markdown, IsHtml: false), MarkdownRenderer.PlainText)
            : MarkdownRenderer.PlainText(markdown);

    /// <summary>Lets go of what nobody has looked at for a minute: by itself the cache does so when it is used again.</summary>
    public void Rest() => _made.Compact(0);

    public void Dispose() => _made.Dispose();

    private string Made(Asked asked, Func<string, string> make)
    {
        if (_made.TryGetValue(asked, out string? known))
            return known!;
        var made = make(asked.Markdown);
        _made.Set(asked, made, new MemoryCacheEntryOptions { Size = SizeOf(asked.Markdown, made), SlidingExpiration = Unused });
        return made;
    }

    private static long SizeOf(string markdown, string made) => BytesPerEntry + sizeof(char) * (long)(markdown.Length + made.Length);

    private sealed record Asked(string Markdown, bool IsHtml);
}
