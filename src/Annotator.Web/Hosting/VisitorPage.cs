using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;

namespace Annotator.Web.Hosting;

/// <summary>A page as it was rendered for a visitor, cut where the antiforgery token stands in its forms.</summary>
internal sealed class VisitorPage
{
    private const string EnhancedNavigation = "blazor-enhanced-nav";

    // Blazor's comment with encrypted state for interactive components, different in each rendering; these pages have no such
    // components, so it is cut out.
    private static readonly byte[] StateComment = "<!--Blazor-Server-Component-State:"u8.ToArray();
    private static readonly byte[] CommentEnd = "-->"u8.ToArray();

    private readonly byte[][] _parts;
    private readonly string _hash;
    private readonly string? _type;
    private readonly string? _navigation;
    private readonly string _state;
    private readonly DateTimeOffset _time;

    private VisitorPage(byte[][] parts, HttpResponse response, string state, DateTimeOffset time)
    {
        (_parts, _state, _time) = (parts, state, time);
        (_type, _navigation) = (response.ContentType, response.Headers[EnhancedNavigation]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            hash.AppendData(part);
        _hash = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
    }

    /// <param name="token">What stands in its forms; null when it was never asked for.</param>
    public static VisitorPage Of(MemoryStream written, HttpResponse response, string? token, string state, DateTimeOffset time)
    {
        var html = WithoutState(written.GetBuffer().AsSpan(0, (int)written.Length));
        var parts = new List<byte[]>();
        if (token is not null)
        {
            var bytes = Encoding.ASCII.GetBytes(token);
            for (int at; (at = html.IndexOf(bytes)) >= 0; html = html[(at + bytes.Length)..])
                parts.Add(html[..at].ToArray());
        }

        return new VisitorPage([.. parts, html.ToArray()], response, state, time);
    }

    public bool HasForms => _parts.Length > 1;

    /// <summary>Bytes in memory, about.</summary>
    public long Size => _parts.Sum(p => (long)p.Length) + 500;

    /// <summary>Whether it shows the store as it is, and was rendered after a time.</summary>
    public bool IsOf(string state, DateTimeOffset after) => _time >= after && string.Equals(_state, state, StringComparison.Ordinal);

    /// <summary>The ETag of the page with the forms of one visitor.</summary>
    public string TagFor(string cookie) =>
        $"W/\"{_hash}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cookie)).AsSpan(0, 8))}\"";

    public void Describe(HttpResponse response, string token)
    {
        response.ContentType = _type;
        response.ContentLength = _parts.Sum(p => (long)p.Length) + (_parts.Length - 1) * (long)token.Length;
        if (_navigation is not null)
            response.Headers[EnhancedNavigation] = _navigation;
    }

    public async Task WriteAsync(PipeWriter body, string token, CancellationToken ct)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            if (i > 0)
                Encoding.ASCII.GetBytes(token, body);
            body.Write(_parts[i]);
        }

        await body.FlushAsync(ct);
    }

    private static ReadOnlySpan<byte> WithoutState(Span<byte> html)
    {
        var start = html.LastIndexOf(StateComment);
        if (start < 0 || html[start..].IndexOf(CommentEnd) is not (> 0 and var length))
            return html;
        var rest = html[(start + length + CommentEnd.Length)..];
        rest.CopyTo(html[start..]);
        return html[..(start + rest.Length)];
    }
}
