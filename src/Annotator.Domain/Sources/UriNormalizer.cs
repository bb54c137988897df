using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Annotator.Domain.Sources;

/// <summary>
/// The form under which addresses of one source compare equal: <c>httpx</c> for http and https, sorted query,
/// no tracking parameters, no fragment. It follows <c>h/util/uri.py</c> of Hypothesis to the letter, so that both
/// programs agree on what is the same page. <see cref="Uri"/> cannot do it: it resolves dot segments and rewrites hosts.
/// </summary>
public static partial class UriNormalizer
{
    private const string ViaPrefix = "https://via.hypothes.is/";
    private const string SafeInSegment = "-._~:@!$&'()*+,;=";
    private const string SafeInName = "-._~:@!$'()*,";
    private const string SafeInValue = "-._~:@!$'()*,=";

    private static readonly SearchValues<char> SchemeCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static readonly Comparer<string> ByCodePoint = Comparer<string>.Create(
        (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    /// <summary>The normal form; text that is no http address with a valid host comes back unchanged.</summary>
    public static string Normalize(string uri)
    {
        if (uri.StartsWith(ViaPrefix + "http:", StringComparison.Ordinal) || uri.StartsWith(ViaPrefix + "https:", StringComparison.Ordinal))
        {
            uri = uri[ViaPrefix.Length..];
        }

        return TrySplit(uri, out var parts) && Authority(parts.Scheme, parts.Authority) is { } authority
            ? $"httpx://{authority}{Path(parts.Path)}{Query(parts.Query)}"
            : uri;
    }

    // As urlsplit of Python does it: leading controls and spaces off, tabs and line ends out.
    private static bool TrySplit(string uri, out (string Scheme, string Authority, string Path, string Query) parts)
    {
        parts = default;
        var rest = uri.TrimStart([.. Enumerable.Range(0, 0x21).Select(c => (char)c)])
            .Replace("\t", "", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal);
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || rest.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters))
        {
            return false;
        }

        var scheme = rest[..colon].ToLowerInvariant();
        rest = rest[(colon + 1)..];
        if (scheme is not ("http" or "https") || !rest.StartsWith("//", StringComparison.Ordinal))
        {
            return false;
        }

        var end = rest.AsSpan(2).IndexOfAny("/?#");
        var authority = end < 0 ? rest[2..] : rest[2..(end + 2)];
        rest = end < 0 ? "" : rest[(end + 2)..];
        rest = rest.Split('#', 2)[0];
        var query = rest.Split('?', 2);
        parts = (scheme, authority, query[0], query.Length > 1 ? query[1] : "");
        return true;
    }

    private static string? Authority(string scheme, string authority)
    {
        var at = authority.LastIndexOf('@');
        var address = authority[(at + 1)..];
        var isBracketed = address.StartsWith('[');
        if ((!isBracketed && authority.AsSpan().ContainsAny('[', ']')) || HidesDelimiter(authority))
        {
            return null;
        }

        var hostEnd = isBracketed ? address.IndexOf(']', StringComparison.Ordinal) : address.IndexOf(':', StringComparison.Ordinal);
        var host = hostEnd < 0 ? address : address[..hostEnd].TrimStart('[');
        var afterHost = hostEnd < 0 ? "" : address[(isBracketed ? hostEnd + 1 : hostEnd)..];
        if (host.Length == 0 || (isBracketed && !IPAddress.TryParse(host, out _)) || !TryReadPort(afterHost, out var port))
        {
            return null;
        }

        host = host.ToLowerInvariant();
        var isDefault = (scheme, port) is (_, null) or ("http", 80) or ("https", 443);
        return string.Concat(
            authority.AsSpan(0, at + 1),
            isBracketed ? $"[{host}]" : host,
            isDefault ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}"));
    }

    // A full-width "／" in a host becomes "/" in a browser and would end the host there.
    private static bool HidesDelimiter(string authority) =>
        authority.Any(c => !char.IsAscii(c) && !char.IsSurrogate(c) && c.ToString().Normalize(NormalizationForm.FormKC).AsSpan().ContainsAny("/?#@:"));

    private static bool TryReadPort(string afterHost, out int? port)
    {
        port = null;
        if (afterHost is "" or ":")
        {
            return true;
        }

        if (afterHost[0] != ':' || !ushort.TryParse(afterHost.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        port = number;
        return true;
    }

    private static string Path(string path) =>
        string.Join('/', path.TrimEnd('/').Split('/').Select(segment => PercentEncoding.Encode(PercentEncoding.Decode(segment), SafeInSegment)));

    // A query of which any piece lacks "=" is none of the usual kind and stays as it is.
    private static string Query(string query)
    {
        if (query.Length == 0)
        {
            return "";
        }

        if (query.Split('&').Any(piece => !piece.Contains('=', StringComparison.Ordinal)))
        {
            return "?" + query;
        }

        var pairs = query.Split('&')
            .Select(piece => piece.Split('=', 2))
            .Select(pair => (Name: PercentEncoding.DecodePlus(pair[0]), Value: PercentEncoding.DecodePlus(pair[1])))
            .Where(pair => !IsTracking(pair.Name))
            .OrderBy(pair => pair.Name, ByCodePoint)
            // Decoded a second time: so does Hypothesis, and stored addresses depend on it.
            .Select(pair => PercentEncoding.EncodePlus(PercentEncoding.DecodePlus(pair.Name), SafeInName)
                + "=" + PercentEncoding.EncodePlus(PercentEncoding.DecodePlus(pair.Value), SafeInValue))
            .ToArray();
        return pairs.Length == 0 ? "" : "?" + string.Join('&', pairs);
    }

    private static bool IsTracking(string name) =>
        name is "gclid" or "utm_campaign" or "utm_content" or "utm_medium" or "utm_source" or "utm_term" or "resourcekey"
        || name.StartsWith("WT.", StringComparison.Ordinal)
        || name.Equals("X-Amz-Security-Token", StringComparison.OrdinalIgnoreCase);
}
