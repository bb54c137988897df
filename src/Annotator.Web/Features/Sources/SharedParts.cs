using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// What many open pages ask for at once is rendered once: requests for the same key wait for the same rendering, and those that come
/// within <see cref="Kept"/> get it too. At most <see cref="AtOnce"/> are rendered side by side; the others queue.
/// </summary>
internal sealed class SharedParts(TimeProvider clock) : IDisposable
{
    /// <summary>Longer than the time over which open pages spread their requests.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    /// <summary>So that pages, which people wait for, find the processors free.</summary>
    private const int AtOnce = 2;

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly ConcurrentDictionary<string, Lazy<Task<Part>>> _parts = new(StringComparer.Ordinal);

    /// <summary>Number of renderings since the start.</summary>
    public int Rendered { get; private set; }

    /// <param name="key">Says all that the rendering depends on.</param>
    /// <param name="render">It goes on for the others when one of those who wait leaves.</param>
    public async Task<Part> OfAsync(string key, Func<Task<string>> render, CancellationToken ct)
    {
        var part = _parts.GetOrAdd(key, _ => new Lazy<Task<Part>>(() => RenderAsync(key, render)));
        return await part.Value.WaitAsync(ct);
    }

    public void Dispose() => _places.Dispose();

    private async Task<Part> RenderAsync(string key, Func<Task<string>> render)
    {
        var isKept = false;
        await _places.WaitAsync();
        try
        {
            Rendered++;
            var part = Part.Of(await render());
            isKept = true;
            _ = ForgetAsync(key);
            return part;
        }
        finally
        {
            _places.Release();
            if (!isKept)
                _parts.TryRemove(key, out _);
        }
    }

    private async Task ForgetAsync(string key)
    {
        await Task.Delay(Kept, clock);
        _parts.TryRemove(key, out _);
    }
}

/// <summary>Rendered HTML as it is sent, in UTF-8: plain and compressed by gzip.</summary>
internal sealed record Part(byte[] Html, byte[] Gzip)
{
    public static Part Of(string html)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return new Part(bytes, packed.ToArray());
    }
}
