using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Net.Http.Headers;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// The version of a source's page: the newest changes of the source that the viewer could see, their rights, the language of the
/// interface and the build of the program. Where it is the same, the page has nothing new to show. The page carries it as
/// <c>data-version</c>, its stream begins after it, and its part answers 304 to it.
/// </summary>
public sealed class PageVersions(ChangeLog log, TimeProvider clock)
{
    /// <summary>A page says how long ago something was written, to the minute; one from a browser's cache is not further behind than this.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromMinutes(10);

    private static readonly string Build = typeof(PageVersions).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>Asked before the page is read: what is written between the two makes another version.</summary>
    public async Task<string> OfAsync(Viewer viewer, Guid source, CancellationToken ct) =>
        $"{await log.VersionAsync(viewer, source, ct)}.{Short($"{viewer.PersonId} {RightsOf(viewer)} {CultureInfo.CurrentUICulture.Name} {Build}")}";

    /// <summary>The ETag of the whole page, which also depends on the look that the reader has chosen and on the cookie its forms belong to.</summary>
    public string TagOf(HttpContext http, string version)
    {
        var cookies = http.Request.Cookies.Where(c => IsPartOfPage(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}");
        var time = clock.GetUtcNow().Ticks / MostBehind.Ticks;
        return $"W/\"{version}.{Short($"{string.Join(';', cookies)} {time}")}\"";
    }

    /// <summary>Without the cookie of the forms, those of a page from the cache would be refused.</summary>
    public static bool MayBeUnchanged(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.Count > 0 && http.Request.Cookies.Any(c => IsOfForms(c.Key));

    public static bool Matches(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParse(tag, out var own)
        && request.GetTypedHeaders().IfNoneMatch.Any(asked => asked.Compare(own, useStrongComparison: false));

    /// <summary>What the viewer may do, apart from what is their own.</summary>
    public static string RightsOf(Viewer viewer) =>
        viewer.PersonId is null ? "" : $"{viewer.IsAdministrator} {InOrder(viewer.Reads)};{InOrder(viewer.Writes)};{InOrder(viewer.Moderates)}";

    /// <summary>16 letters and digits that stand for a longer text.</summary>
    public static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private static string InOrder(IEnumerable<string> groups) => string.Join(' ', groups.Order(StringComparer.Ordinal));

    private static bool IsPartOfPage(string cookie) => IsOfForms(cookie) || cookie.StartsWith("annotator-", StringComparison.Ordinal);

    private static bool IsOfForms(string cookie) => cookie.StartsWith(".AspNetCore.Antiforgery", StringComparison.Ordinal);
}
