using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources;

/// <summary>What was found at an address.</summary>
/// <param name="Address">The address after the last redirect.</param>
/// <param name="ContentType">The media type in small letters, one of <see cref="Fetcher.Formats"/>.</param>
/// <param name="Charset">The <c>charset</c> of the header Content-Type; null when it has none.</param>
public sealed record FetchedPage(ReadOnlyMemory<byte> Content, Uri Address, string ContentType, string? Charset);

/// <summary>
/// The only outbound HTTP client. It connects to public addresses only (checked after DNS, for each redirect), sends no cookies or
/// credentials, and uses no proxy.
/// </summary>
public sealed class Fetcher : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly int[] Ports = [80, 443, 8080, 8443];

    private readonly FetchOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _door;

    /// <param name="clock">Times the limit of a fetch.</param>
    public Fetcher(FetchOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _door = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            // A try may outlive the one who asked for it.
            ConnectTimeout = 2 * options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
            MaxResponseDrainSize = 0,
        });
    }

    public static IReadOnlyList<string> Formats { get; } =
        ["text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf", "application/epub+zip"];

    /// <exception cref="Invalid">The address may not or cannot be fetched: field <c>url</c>.</exception>
    public async Task<FetchedPage> FetchAsync(Uri address, CancellationToken ct)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await FollowAsync(address, end.Token);
        }
        catch (Exception e) when (e is not Refusal)
        {
            ct.ThrowIfCancellationRequested();
            throw e switch
            {
                _ when deadline.IsCancellationRequested =>
                    new Invalid("url", "too_slow_to_fetch", (int)Math.Ceiling(_options.Timeout.TotalSeconds)),
                HttpRequestException { InnerException: Refused } => new Invalid("url", "address_refused"),
                UriFormatException => new Invalid("url", "not_an_address"),
                // The last two are how the decompressors complain.
                HttpRequestException or IOException or InvalidDataException or InvalidOperationException =>
                    new Invalid("url", "unreachable"),
                _ => e,
            };
        }
    }

    public void Dispose() => _door.Dispose();

    private async Task<FetchedPage> FollowAsync(Uri address, CancellationToken ct)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            Check(address);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Annotator", null));
            foreach (var format in Formats)
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(format));
            using var answer = await _door.SendAsync(request, ct);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
                return await ReadAsync(answer, address, ct);
            address = new Uri(address, location);
        }

        throw new Invalid("url", "too_many_redirects");
    }

    private void Check(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new Invalid("url", "not_an_address");
        var isOpen = _options.AllowPrivateAddresses || Ports.Contains(address.Port) || address.Port == _options.CountsAsPublic?.Port;
        if (!isOpen || address.UserInfo.Length > 0)
            throw new Invalid("url", "address_refused");
    }

    // Resolves, checks and connects at one go: a name that is resolved again could lead elsewhere.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var all = IPAddress.TryParse(host, out var literal) ? [literal]
            : _options.Resolve is { } resolve ? await resolve(host, ct)
            : await Dns.GetHostAddressesAsync(host, ct);
        var open = all
            .Where(ip => _options.AllowPrivateAddresses
                || PublicAddress.Includes(ip)
                || new IPEndPoint(ip, port).Equals(_options.CountsAsPublic))
            .ToArray();
        if (open.Length == 0)
            throw all.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new Refused();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<FetchedPage> ReadAsync(HttpResponseMessage answer, Uri address, CancellationToken ct)
    {
        if (!answer.IsSuccessStatusCode)
            throw new Invalid("url", "status_there", (int)answer.StatusCode);
        var headers = answer.Content.Headers;
        // The raw header: some servers write parameters that the parser does not take, or end with a semicolon.
        var written = headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : "";
        var type = Formats.FirstOrDefault(format => format.Equals(written.Split(';')[0].Trim(), StringComparison.OrdinalIgnoreCase));
        if (type is null || headers.ContentEncoding.Any(encoding => encoding is not "identity"))
            throw new Invalid("url", "unknown_format");
        var tooLong = new Invalid("url", "too_long_to_fetch", _options.Limit / Limits.Megabyte);
        if (headers.ContentLength > _options.Limit)
            throw tooLong;
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        using var content = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(part, ct)) > 0;)
        {
            if (content.Length + read > _options.Limit)
                throw tooLong;
            content.Write(part, 0, read);
        }

        var charset = MediaTypeHeaderValue.TryParse(written.TrimEnd(';', ' '), out var parsed) ? parsed.CharSet?.Trim('"') : null;
        return new FetchedPage(content.GetBuffer().AsMemory(0, (int)content.Length), address, type, charset);
    }

    /// <summary>No address of a host may be fetched from.</summary>
    private sealed class Refused : Exception;
}
