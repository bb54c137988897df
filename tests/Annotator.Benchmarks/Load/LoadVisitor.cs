using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Annotator.Benchmarks.Load;

/// <summary>
/// A browser of one person, with an address and cookies of its own, so that the program's limits for one address are as they are for
/// people. It asks for pages alone: scripts and style sheets are in its cache.
/// </summary>
internal sealed partial class LoadVisitor : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly Uri _program;

    /// <param name="number">Different for each visitor, below 60,000.</param>
    public LoadVisitor(Uri program, int number)
    {
        _program = program;
        var from = new IPAddress([127, 2, (byte)(1 + number / 250), (byte)(1 + number % 250)]);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            CookieContainer = new CookieContainer(),
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    /// <exception cref="HttpRequestException">The program does not let them in.</exception>
    public async Task SignInAsync(string name, string password, CancellationToken ct)
    {
        var page = await GetAsync("/sign-in", ct);
        await PostAsync(
            "/sign-in",
            FormIn(page, "main"),
            [new("Form.Name", name), new("Form.Password", password)],
            ct);
    }

    /// <summary>Reads a page without keeping it.</summary>
    /// <exception cref="HttpRequestException">The answer is not 200.</exception>
    public async Task SkimAsync(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_program, path)), HttpStatusCode.OK, ct);
        await answer.Content.CopyToAsync(Stream.Null, ct);
    }

    /// <exception cref="HttpRequestException">The answer is not 200, or says that the search takes too long.</exception>
    public async Task SearchAsync(string path, CancellationToken ct)
    {
        if ((await GetAsync(path, ct)).Contains("class=\"problem\"", StringComparison.Ordinal))
            throw new HttpRequestException("A search is refused.");
    }

    /// <returns>The hidden fields of the form of a comment.</returns>
    /// <exception cref="HttpRequestException">The form is not there.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> OpenFormAsync(string path, CancellationToken ct) =>
        [.. FormIn(await GetAsync(path, ct), "id=\"composer\"")];

    /// <returns>The page that shows the comment.</returns>
    /// <exception cref="HttpRequestException">The comment is refused.</exception>
    public Task<string> SendAsync(
        string path, IReadOnlyList<KeyValuePair<string, string>> hidden, string body, CancellationToken ct) =>
        PostAsync(path, hidden, [new("Form.Body", body), new("Form.Tags", "load")], ct);

    public void Dispose() => _http.Dispose();

    private async Task<string> GetAsync(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_program, path)), HttpStatusCode.OK, ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }

    private async Task<string> PostAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> hidden,
        IEnumerable<KeyValuePair<string, string>> typed,
        CancellationToken ct)
    {
        using var content = new FormUrlEncodedContent([.. hidden, .. typed]);
        using var answer = await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, new Uri(_program, path)) { Content = content }, HttpStatusCode.Found, ct);
        return new Uri(_program, answer.Headers.Location!).PathAndQuery;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpStatusCode expected, CancellationToken ct)
    {
        request.Headers.Add("Accept", "text/html");
        var answer = await _http.SendAsync(request, ct);
        if (answer.StatusCode == expected)
            return answer;
        answer.Dispose();
        var kind = request.RequestUri!.AbsolutePath.Split('/')[1];
        throw new HttpRequestException($"{request.Method} /{kind} answers {(int)answer.StatusCode}.");
    }

    /// <summary>The hidden fields of the first form after a mark.</summary>
    private static IEnumerable<KeyValuePair<string, string>> FormIn(string page, string mark)
    {
        var at = page.IndexOf(mark, StringComparison.Ordinal);
        var start = at < 0 ? -1 : page.IndexOf("method=\"post\"", at, StringComparison.Ordinal);
        if (start < 0)
            throw new HttpRequestException($"There is no form at {mark}.");
        var form = page[start..page.IndexOf("</form>", start, StringComparison.Ordinal)];
        return Hidden().Matches(form).Select(m => m.Value)
            .Select(input => KeyValuePair.Create(Attribute(input, "name"), Attribute(input, "value")));
    }

    private static string Attribute(string input, string name) =>
        Regex.Match(input, $" {name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups[1].Value) : "";

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hidden();
}
