using System.Diagnostics;
using System.Net;

namespace Annotator.Benchmarks;

/// <summary>Requests per second of a browser that has the page as it is.</summary>
internal static class UnchangedPages
{
    private const int Connections = 8;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public static async Task MeasureAsync(ServedProgram served, string path, CancellationToken ct)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() });
        var address = new Uri(served.Address, path);
        // The first answer brings the cookie of the forms, which the tag of the second goes with.
        await TagAsync(http, address, null, ct);
        if (await TagAsync(http, address, null, ct) is not { } tag)
        {
            await Out.LineAsync($"The page has no ETag.");
            return;
        }

        await CountAsync(http, address, tag, TimeSpan.FromSeconds(1), ct);
        var (cpu, start) = (served.Cpu, Stopwatch.GetTimestamp());
        var count = await CountAsync(http, address, tag, Time, ct);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Out.LineAsync(
            $"Unchanged page by ETag: {count / seconds:N0} a second over {Connections} connections, {(served.Cpu - cpu).TotalMilliseconds / count:N3} ms of the program each");
    }

    private static async Task<int> CountAsync(HttpMessageInvoker http, Uri address, string tag, TimeSpan time, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < time; count++)
                await TagAsync(http, address, tag, ct);
            return count;
        }));
        return counts.Sum();
    }

    /// <exception cref="HttpRequestException">The answer is not 304 to a tag, or not 200 without one.</exception>
    private static async Task<string?> TagAsync(HttpMessageInvoker http, Uri address, string? tag, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await http.SendAsync(request, ct);
        await response.Content.CopyToAsync(Stream.Null, ct);
        if (response.StatusCode != (tag is null ? HttpStatusCode.OK : HttpStatusCode.NotModified))
            throw new HttpRequestException($"{address} answers {(int)response.StatusCode}.");
        return response.Headers.ETag?.ToString();
    }
}
