using System.Net;
using System.Text.RegularExpressions;

namespace Annotator.Benchmarks;

/// <summary>Asks the program for pages, over one connection.</summary>
internal sealed partial class Browser(string address) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private readonly Uri _address = new(address);

    /// <exception cref="HttpRequestException">The answer is not 200.</exception>
    public async Task<string> GetAsync(string path, string? cookie, CancellationToken ct)
    {
        using var response = await SendAsync(path, cookie, ct);
        return await response.Content.ReadAsStringAsync(ct);
    }

    /// <summary>Reads a page without keeping it.</summary>
    public async Task SkimAsync(string path, string? cookie, CancellationToken ct)
    {
        using var response = await SendAsync(path, cookie, ct);
        await response.Content.CopyToAsync(Stream.Null, ct);
    }

    /// <summary>The address behind "Next page".</summary>
    public async Task<string> NextAsync(string path, CancellationToken ct) =>
        WebUtility.HtmlDecode(NextLink().Match(await GetAsync(path, null, ct)).Groups["href"].Value);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(string path, string? cookie, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, path));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        var response = await _http.SendAsync(request, ct);
        return response.StatusCode is HttpStatusCode.OK
            ? response
            : throw new HttpRequestException($"{path} answers {(int)response.StatusCode}");
    }

    [GeneratedRegex("rel=\"next\" href=\"(?<href>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NextLink();
}
