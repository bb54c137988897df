using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Annotator.Benchmarks;

/// <summary>
/// What a browser does with the page of a source that a visitor has open: it holds the stream, and asks for the commentary's part
/// when the stream names another version. A program that has no part is asked for the whole page, as its script did.
/// </summary>
internal sealed partial class OpenPage : IDisposable
{
    /// <summary>Over which <c>live.js</c> spreads its requests (SPREAD), in milliseconds.</summary>
    private const int Spread = 500;

    private readonly Uri _page;
    private readonly HttpMessageInvoker _http;
    private readonly CancellationTokenSource _end = new();
    private string _version = "";
    private string _marks = "";
    private string? _commentary;
    private Task _listening = Task.CompletedTask;
    private TaskCompletionSource<double>? _seen;
    private string _awaited = "";
    private long _from;

    /// <param name="number">20 pages come from one loopback address, which is how many streams a visitor may have.</param>
    public OpenPage(Uri page, int number)
    {
        _page = page;
        var from = new IPAddress([127, 0, 1, (byte)(2 + number / 20)]);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    /// <summary>Requests that were not answered as they should be.</summary>
    public int Failures { get; private set; }

    /// <summary>Bytes of HTML that were read after the page, unpacked.</summary>
    public long Read { get; private set; }

    /// <summary>Loads the page and opens its stream.</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        var html = await GetAsync(_page, null, ct) ?? "";
        (_version, _marks) = (Attribute(html, "data-version"), Attribute(html, "data-marks"));
        _commentary = Attribute(html, "data-commentary") is { Length: > 0 } path ? path : null;
        var opened = new TaskCompletionSource();
        _listening = ListenAsync(opened, _end.Token);
        await opened.Task.WaitAsync(ct);
    }

    /// <summary>Milliseconds until the page shows these words.</summary>
    public Task<double> SeeAsync(string words)
    {
        (_awaited, _from) = (words, Stopwatch.GetTimestamp());
        _seen = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _seen.Task;
    }

    public void Dispose()
    {
        _end.Cancel();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task ListenAsync(TaskCompletionSource opened, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_page, $"{_page.AbsolutePath}/changes?after={_version}"));
            using var response = await _http.SendAsync(request, ct);
            if (response.StatusCode is not HttpStatusCode.OK)
                throw new HttpRequestException($"The stream answers {(int)response.StatusCode}.");
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct), Encoding.UTF8);
            await reader.ReadLineAsync(ct);
            opened.TrySetResult();
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                if (line.StartsWith("event: changed", StringComparison.Ordinal))
                    await RefreshAsync(ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Failures++;
            opened.TrySetException(e);
        }
        catch (Exception)
        {
            // The page is closed.
        }
    }

    private async Task RefreshAsync(CancellationToken ct)
    {
        var html = _commentary is null ? await GetAsync(_page, null, ct) : await PartAsync(ct);
        Read += html?.Length ?? 0;
        if (html is not null && _awaited.Length > 0 && html.Contains(_awaited, StringComparison.Ordinal))
            _seen?.TrySetResult(Stopwatch.GetElapsedTime(_from).TotalMilliseconds);
    }

    private async Task<string?> PartAsync(CancellationToken ct)
    {
        await Task.Delay(Random.Shared.Next(Spread), ct);
        var html = await GetAsync(
            new Uri(_page, $"{_commentary}{(_commentary!.Contains('?', StringComparison.Ordinal) ? '&' : '?')}marks={_marks}"),
            _version,
            ct);
        if (html is not null)
            _marks = Attribute(html, "data-marks");
        return html;
    }

    private async Task<string?> GetAsync(Uri address, string? version, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (version is { Length: > 0 })
            request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{version}\"");
        try
        {
            using var response = await _http.SendAsync(request, ct);
            if (response.StatusCode is HttpStatusCode.NotModified)
                return null;
            if (response.StatusCode is not HttpStatusCode.OK)
                throw new HttpRequestException($"{address} answers {(int)response.StatusCode}.");
            _version = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag.Trim('"') : _version;
            return await response.Content.ReadAsStringAsync(ct);
        }
        catch (HttpRequestException)
        {
            Failures++;
            return null;
        }
    }

    private static string Attribute(string html, string name) =>
        Regex.Match(html, $"{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups[1].Value) : "";
}
