using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Annotator.Domain.Sources;

/// <summary>
/// The form under which addresses of one page compare equal: <c>httpx</c> for http and https, sorted query, no tracking
/// parameters, no fragment. It follows <c>h/util/uri.py</c> of Hypothesis, so that both programs agree on what is the same page,
/// except where that takes two pages for one or one for two (docs/decisions/006). <see cref="Uri"/> cannot do it: it keeps
/// tracking parameters and the order of queries, and refuses addresses that people have.
/// </summary>
public static partial class UriNormalizer
{
    /// <summary>Raised with every change of a normal form: stored addresses are then compared anew.</summary>
    public const int Version = 3;

    private const string ViaPrefix = "https://via.hypothes.is/";
    private const string SafeInSegment = "-._~:@!$&'()*+,;=";

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static readonly char[] ControlsAndSpace = [.. Enumerable.Range(0, 0x21).Select(c => (char)c)];

    /// <summary>The normal form; text that is no http address with a valid host, no DOI and no ISBN comes back unchanged.</summary>
    public static string Normalize(string uri)
    {
        uri = WithoutCredentials(uri);
        if (uri.StartsWith(ViaPrefix + "http:", StringComparison.Ordinal) || uri.StartsWith(ViaPrefix + "https:", StringComparison.Ordinal))
            uri = uri[ViaPrefix.Length..];
        if (!TrySplit(uri, out var parts) || Authority(parts.Scheme, parts.Authority) is not { } authority)
            return Identifier(uri.Trim()) ?? uri;
        var path = Path(parts.Path);
        return (authority is "doi.org" or "dx.doi.org" or "www.doi.org"
            ? Identifier("doi:" + PercentEncoding.DecodeText(path.TrimStart('/')))
            : null)
            ?? $"httpx://{authority}{path}{UriQuery.Normalize(parts.Query, authority)}{Route(parts.Fragment, authority)}";
    }

    /// <summary>
    /// The address without the name and password that some people have in it (<c>https://me:secret@host/page</c>): what is stored is
    /// shown to others.
    /// </summary>
    public static string WithoutCredentials(string uri) => Credentials().Replace(uri, "${before}");

    /// <summary>An address of the same page, made from its normal form, so that nothing of the private spelling is shown.</summary>
    internal static string Shown(string uri)
    {
        var normal = Normalize(uri);
        return normal.StartsWith("httpx://", StringComparison.Ordinal) ? "https" + normal["httpx".Length..] : normal;
    }

    // The letters of a DOI have no case (DOI Handbook §2.4). Books have numbers of two lengths.
    private static string? Identifier(string name)
    {
        if (name.StartsWith("doi:", StringComparison.OrdinalIgnoreCase) && TryReadDoi(name, out var doi))
            return "doi:" + doi.ToLowerInvariant();
        return IsbnUrn().Match(name) is { Success: true } isbn && Isbn.ToThirteenDigits(isbn.Groups["digits"].Value) is { } digits
            ? "urn:isbn:" + digits
            : null;
    }

    // As urlsplit of Python does it: controls and spaces at the ends off, tabs and line ends out.
    private static bool TrySplit(string uri, out Parts parts)
    {
        parts = default!;
        var rest = uri.Trim(ControlsAndSpace)
            .Replace("\t", "", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal);
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || rest.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters))
            return false;
        var scheme = rest[..colon].ToLowerInvariant();
        rest = rest[(colon + 1)..];
        if (scheme is not ("http" or "https") || !rest.StartsWith("//", StringComparison.Ordinal))
            return false;
        var end = rest.AsSpan(2).IndexOfAny("/?#");
        var authority = end < 0 ? rest[2..] : rest[2..(end + 2)];
        var (page, fragment) = Cut(end < 0 ? "" : rest[(end + 2)..], '#');
        var (path, query) = Cut(page, '?');
        parts = new Parts(scheme, authority, path, query, fragment);
        return true;
    }

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, "");

    private static string? Authority(string scheme, string authority)
    {
        var at = authority.LastIndexOf('@');
        var (user, address) = (authority[..(at + 1)], authority[(at + 1)..]);
        var isBracketed = address.StartsWith('[');
        if ((!isBracketed && authority.AsSpan().ContainsAny('[', ']')) || HidesDelimiter(authority))
            return null;
        var hostEnd = isBracketed ? address.IndexOf(']', StringComparison.Ordinal) : address.IndexOf(':', StringComparison.Ordinal);
        var given = hostEnd < 0 ? address : address[..hostEnd].TrimStart('[');
        var afterHost = hostEnd < 0 ? "" : address[(isBracketed ? hostEnd + 1 : hostEnd)..];
        var host = isBracketed ? HostName.NormalizeIPv6(given) : HostName.Normalize(given);
        if (string.IsNullOrEmpty(host) || host.Contains(' ', StringComparison.Ordinal) || !TryReadPort(afterHost, out var port))
            return null;
        var isDefault = (scheme, port) is (_, null) or ("http", 80) or ("https", 443);
        return string.Concat(
            user is "@" or ":@" ? "" : user,
            isBracketed ? $"[{host}]" : host,
            isDefault ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}"));
    }

    // A full-width "／" in a host becomes "/" in a browser and would end the host there.
    private static bool HidesDelimiter(string authority) =>
        authority.Any(c => !char.IsAscii(c)
            && !char.IsSurrogate(c)
            && c.ToString().Normalize(NormalizationForm.FormKC).AsSpan().ContainsAny("/?#@:"));

    private static bool TryReadPort(string afterHost, out int? port)
    {
        port = null;
        if (afterHost is "" or ":")
            return true;
        if (afterHost[0] != ':' || !ushort.TryParse(afterHost.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        port = number;
        return true;
    }

    // Empty segments count, but not at the end; "." and ".." are resolved as every browser does (RFC 3986 §5.2.4).
    private static string Path(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/')
            .Skip(1)
            .Select(s => PercentEncoding.Encode(PercentEncoding.Decode(SessionId().Replace(s, "")), SafeInSegment)))
        {
            if (segment is ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("." or ".."))
                segments.Add(segment);
        }

        while (segments is [.., ""])
            segments.RemoveAt(segments.Count - 1);
        return string.Concat(segments.Select(s => "/" + s));
    }

    // Programs that run in the browser name their pages behind "#!" or "#/"; what else stands behind "#" is a place in the page.
    // Such a name is a path and a query of its own, so that "%2F" and "%2B" in it stay what they are.
    private static string Route(string fragment, string authority)
    {
        if (!fragment.StartsWith('!') && !fragment.StartsWith('/'))
            return "";
        var (path, query) = Cut(fragment.Split(":~:", 2)[0], '?');
        var segments = path[1..].Split('/').Select(s => PercentEncoding.Encode(PercentEncoding.Decode(s), SafeInSegment));
        var route = fragment[..1] + string.Join('/', segments).TrimEnd('/') + UriQuery.Normalize(query, authority);
        return route is "/" or "!" ? "" : "#" + route;
    }

    // Servlet containers write the session into links for those who refuse cookies: each visit has another address.
    [GeneratedRegex(";jsessionid=[^;/]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex SessionId();

    // A browser takes a backslash for a slash: what stands before an "@" then is a host.
    [GeneratedRegex(
        @"\A(?<before>\s*(?:https://via\.hypothes\.is/)?[A-Za-z][A-Za-z0-9+.-]*://)[^/?#\\]*@",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        500)]
    private static partial Regex Credentials();

    private sealed record Parts(string Scheme, string Authority, string Path, string Query, string Fragment);
}
