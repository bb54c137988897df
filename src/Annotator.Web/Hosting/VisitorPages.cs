using System.Collections.Concurrent;
using System.Globalization;
using Annotator.Domain.Data;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Annotator.Web.Hosting;

/// <summary>A page that is the same for all visitors without an account, in one language and one look.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SameForVisitorsAttribute : Attribute;

/// <summary>
/// Keeps what was rendered for a visitor and sends it to others who ask for the same, as long as nothing is written to the store
/// (<see cref="StoreState"/>). Only the antiforgery token in the forms is each visitor's own. Who is signed in gets their own rendering.
/// </summary>
internal sealed class VisitorPages(
    RequestDelegate next, StoreState store, IAntiforgery antiforgery, IOptions<AntiforgeryOptions> forms, TimeProvider clock) : IDisposable
{
    /// <summary>Bytes of all pages that are kept.</summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    /// <summary>Pages say how long ago something was written: one is not further behind than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

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

        // Before anything is read: what is written meanwhile makes another state.
        var state = await store.ReadAsync(http.RequestAborted);
        var key = KeyOf(http);
        if (!_pages.TryGetValue(key, out VisitorPage? page) || !page!.IsOf(state, clock.GetUtcNow() - Longest))
            page = await RenderedAsync(http, key, state);
        if (page is not null)
            await SendAsync(http, page);
    }

    public void Dispose() => _pages.Dispose();

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
            {
                _pages.Set(
                    key,
                    page,
                    new MemoryCacheEntryOptions
                    {
                        Size = page.Size + sizeof(char) * key.Length, AbsoluteExpirationRelativeToNow = Longest,
                    });
            }
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
        var (body, time) = (http.Response.Body, clock.GetUtcNow());
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

        // Reads end with the request: a page whose visitor left meanwhile is not whole.
        if (http.RequestAborted.IsCancellationRequested)
            return null;
        if (http.Response.StatusCode == StatusCodes.Status200OK
            && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            return VisitorPage.Of(written, http.Response, antiforgery.GetTokens(http).RequestToken, state, time);
        }
        if (written.TryGetBuffer(out var other))
            await body.WriteAsync(other, http.RequestAborted);
        return null;
    }

    private async Task SendAsync(HttpContext http, VisitorPage page)
    {
        var response = http.Response;
        // A page from the browser's cache has the token that belongs to the cookie of its time.
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

    // The forms say "no-store", which a page that everybody sees need not be.
    private static void Mark(HttpResponse response, string? tag)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Remove(HeaderNames.Pragma);
        response.Headers.ETag = tag;
    }

    // All that a page is made of besides the store: its address, the language, the look, and whether Blazor or the browser asks.
    private static string KeyOf(HttpContext http)
    {
        var looks = http.Request.Cookies.Where(c => c.Key.StartsWith("annotator-", StringComparison.Ordinal))
            .OrderBy(c => c.Key, StringComparer.Ordinal);
        return $"{http.Request.Path}{http.Request.QueryString}\n{CultureInfo.CurrentUICulture.Name}\n"
            + $"{string.Join(';', looks)}\n{http.Request.Headers.Accept}\n{http.Request.Host}";
    }
}
