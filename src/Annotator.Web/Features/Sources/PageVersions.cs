using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Microsoft.Net.Http.Headers;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// The version of a source's page: the newest changes of the source that the viewer could see, their rights, the language of the
/// interface and the build of the program. Where it is the same, the page has nothing new to show. The page carries it as
/// <c>data-version</c>, its stream begins after it, and its part answers 304 to it.
/// </summary>
public sealed class PageVersions(ChangeLog log)
{
    private static readonly string Build = typeof(PageVersions).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>Asked before the page is read: what is written between the two makes another version.</summary>
    public async Task<string> OfAsync(Viewer viewer, Guid source, CancellationToken ct) =>
        $"{await log.VersionAsync(viewer, source, ct)}.{Short($"{viewer.PersonId} {RightsOf(viewer)} {CultureInfo.CurrentUICulture.Name} {Build}")}";

    public static bool Matches(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParse(tag, out var own)
        && request.GetTypedHeaders().IfNoneMatch.Any(asked => asked.Compare(own, useStrongComparison: false));

    /// <summary>What the viewer may do, apart from what is their own.</summary>
    public static string RightsOf(Viewer viewer) =>
        viewer.PersonId is null
            ? ""
            : $"{viewer.IsAdministrator} {InOrder(viewer.Reads)};{InOrder(viewer.Writes)};{InOrder(viewer.Moderates)}";

    /// <summary>16 letters and digits that stand for a longer text.</summary>
    public static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private static string InOrder(IEnumerable<string> groups) => string.Join(' ', groups.Order(StringComparer.Ordinal));
}
