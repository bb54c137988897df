using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Annotator.Domain.Sources;

/// <summary>Names of hosts, as browsers read them (WHATWG URL §3.5), in letters rather than in punycode.</summary>
internal static class HostName
{
    // What ends a host for a browser, or may not stand in one.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Append(0x7f).Select(c => (char)c), .. "/?#@:[]\\%<>^|"]);

    // Nontransitional, as browsers: ß stays.
    private static readonly IdnMapping Idn = new();

    /// <summary>
    /// One form for all spellings of a name: small letters, Unicode, no final dot. A name that browsers refuse stays as it is.
    /// </summary>
    public static string Normalize(string host)
    {
        var name = WithoutEscapes(host).ToLowerInvariant();
        // Ideographic, full-width and half-width full stops separate labels like a dot (UTS 46 §4.5).
        name = string.Join('.', name.Split('.', '\u3002', '\uff0e', '\uff61').Select(Label));
        if (name.Length > 1 && name[^1] == '.' && name[^2] != '.')
            name = name[..^1];
        return IsNumeric(name) && IPAddress.TryParse(name, out var address) && address.AddressFamily is AddressFamily.InterNetwork
            ? address.ToString()
            : name;
    }

    /// <summary>One form for all spellings of an IPv6 address; null where it is none.</summary>
    /// <param name="address">Without brackets.</param>
    public static string? NormalizeIPv6(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return null;
        // A zone is the name of a network card of the reader's machine.
        return address.Contains('%', StringComparison.Ordinal) ? address.ToLowerInvariant() : parsed.ToString();
    }

    private static string WithoutEscapes(string host)
    {
        var text = host.Contains('%', StringComparison.Ordinal) ? PercentEncoding.DecodeText(host) : host;
        return text.AsSpan().ContainsAny(Forbidden) ? host : text;
    }

    private static string Label(string label)
    {
        if (Ascii.IsValid(label) && !label.StartsWith("xn--", StringComparison.Ordinal))
            return label;
        try
        {
            var letters = Idn.GetUnicode(Idn.GetAscii(label));
            return letters.AsSpan().ContainsAny(Forbidden) || letters.Contains('.', StringComparison.Ordinal) ? label : letters;
        }
        catch (ArgumentException)
        {
            return label;
        }
    }

    // 127.1 and 0x7f000001 are addresses of four numbers too.
    private static bool IsNumeric(string name) => char.IsAsciiDigit(name[(name.LastIndexOf('.') + 1)..].FirstOrDefault());
}
