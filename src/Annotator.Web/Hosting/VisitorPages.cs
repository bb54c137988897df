using System.Collections.Concurrent;
using System.Globalization;
using Annotator.Domain.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Annotator.Web.Hosting;

/// <summary>Marks a page that is the same for all visitors without an account, per language, theme and reader settings.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SameForVisitorsAttribute : Attribute;

/// <summary>The pages that <see cref="VisitorPages"/> keeps.</summary>
internal sealed class KeptPages(TimeProvider clock) : IDisposable
{
    /// <summary>Bytes of all pages that are kept.</summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Longest time that a page is kept: pages show ages such as "2 minutes ago", which must not lag behind more than this.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private string _state = "";

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <returns>Null when there is none of this state of the store that is new enough.</returns>
    public VisitorPage? Find(string key, string state) =>
        _pages.TryGetValue(key, out VisitorPage? page) && page!.IsOf(state, Now - Longest) ? page : null;

    /// <summary>
    /// Lets go of the pages of another state: nobody gets them any more, and memory that is let go of soon costs the collector least.
    /// </summary>
    public void Keep(string key, string state, VisitorPage page)
    {
        if (!string.Equals(Interlocked.Exchange(ref _state, state), state, StringComparison.Ordinal))
            _pages.Clear();
        _pages.Set(
            key,
            page,
            new MemoryCacheEntryOptions
            {
                Size = page.Size + sizeof(char) * key.Length, AbsoluteExpirationRelativeToNow = Longest,
            });
    }

    /// <summary>Lets go of old pages: by itself the cache does so when others are asked for.</summary>
    public void Rest() => _pages.Compact(0);

    public void Dispose() => _pages.Dispose();
}

/// <summary>
/// Keeps what was rendered for a visitor and sends it to others who ask for the same, as long as nothing is written to the store
/// (<see cref="StoreState"/>). Only the antiforgery token in the forms is each visitor's own. Who is signed in gets their own rendering.
/// </summary>
internal sealed class VisitorPages(
    RequestDelegate next,
    StoreState store,
    IAntiforgery antiforgery,
    IOptions<AntiforgeryOptions> forms,
    Cookies cookies,
    KeptPages pages)
{
    // Visitors who ask for a page while it is being rendered wait for it.
    private readonly ConcurrentDictionary<string, Task<VisitorPage?>> _rendering = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<SameForVisitorsAttribute>() is null
            || http.User.Identity is { IsAuthenticated: true })
        {
            await next(http);
            return;
        }

        // Read before the page: what is written meanwhile gives another state, so the page is not kept under a state that is newer
        // than it.
        var state = await store.ReadAsync(http.RequestAborted);
        var key = KeyOf(http);
        var page = pages.Find(key, state) ?? await RenderedAsync(http, key, state);
        if (page is not null)
            await SendAsync(http, page);
    }

    /// <returns>Null when the answer is sent already.</returns>
    private async Task<VisitorPage?> RenderedAsync(HttpContext http, string key, string state)
    {
        var mine = new TaskCompletionSource<VisitorPage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = $"{state}\n{key}";
        var first = _rendering.GetOrAdd(turn, mine.Task);
        if (first != mine.Task)
        {
            if (await first.WaitAsync(http.RequestAborted) is { } shared)
                return shared;
            await next(http);
            return null;
        }

        VisitorPage? page = null;
        try
        {
            page = await RenderAsync(http, state);
            if (page is not null)
                pages.Keep(key, state, page);
        }
        finally
        {
            mine.SetResult(page);
            _rendering.TryRemove(turn, out _);
        }

        return page;
    }

    private async Task<VisitorPage?> RenderAsync(HttpContext http, string state)
    {
        var (body, time) = (http.Response.Body, pages.Now);
        using var written = new MemoryStream();
        http.Response.Body = written;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        // Reads are cancelled with the request: the page of a visitor who left is incomplete.
        if (http.RequestAborted.IsCancellationRequested)
            return null;
        if (http.Response.StatusCode == StatusCodes.Status200OK
            && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            return VisitorPage.Of(written, http.Response, antiforgery.GetTokens(http).RequestToken, state, time);
        }
        if (written.TryGetBuffer(out var other) && other.Count > 0)
            await body.WriteAsync(other, http.RequestAborted);
        return null;
    }

    private async Task SendAsync(HttpContext http, VisitorPage page)
    {
        var response = http.Response;
        // The antiforgery token in a cached page belongs to the visitor's antiforgery cookie, so the ETag depends on that cookie.
        var tag = http.Request.Cookies[forms.Value.Cookie.Name!] is { } cookie ? page.TagFor(cookie) : null;
        if (tag is null || !http.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal))
        {
            var token = page.HasForms ? antiforgery.GetAndStoreTokens(http).RequestToken! : "";
            page.Describe(response, token);
            Mark(response, tag);
            await page.WriteAsync(response.BodyWriter, token, http.RequestAborted);
            return;
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        response.ContentType = null;
        Mark(response, tag);
    }

    // Replaces the "no-store" that antiforgery tokens bring along: these pages are the same for all visitors and may be
    // revalidated.
    private static void Mark(HttpResponse response, string? tag)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Remove(HeaderNames.Pragma);
        response.Headers.ETag = tag;
    }

    // Key of everything besides the store that a page depends on: address, language, theme and reader settings (cookies), and
    // whether Blazor or the browser asks.
    private string KeyOf(HttpContext http)
    {
        var looks = http.Request.Cookies.Where(c => c.Key.StartsWith(cookies.Name("annotator-"), StringComparison.Ordinal))
            .OrderBy(c => c.Key, StringComparer.Ordinal);
        return $"{http.Request.Path}{http.Request.QueryString}\n{CultureInfo.CurrentUICulture.Name}\n"
            + $"{string.Join(';', looks)}\n{http.Request.Headers.Accept}\n{http.Request.Host}";
    }
}
