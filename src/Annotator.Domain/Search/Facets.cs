using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>How the hits are spread over languages, tags, people and sources; the commonest first.</summary>
public sealed record Facets(
    IReadOnlyList<FacetCount> Languages,
    IReadOnlyList<FacetCount> Tags,
    IReadOnlyList<FacetCount> People,
    IReadOnlyList<SourceFacet> Sources
)
{
    private const int Shown = 8;

    internal static async Task<Facets> CountAsync(AnnotatorDb db, IReadOnlyList<Hit> hits, CancellationToken ct)
    {
        var sources = hits.CountBy(h => h.SourceId).OrderByDescending(s => s.Value).Take(Shown).ToList();
        var ids = sources.ConvertAll(s => s.Key);
        var titles = await db.Sources.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Title, ct);
        return new Facets(
            Top(hits.Select(h => h.Language)),
            Top(hits.SelectMany(h => h.Tags)),
            Top(hits.Select(h => h.Username)),
            // One may have been purged since the hits were read.
            [.. sources.Where(s => titles.ContainsKey(s.Key)).Select(s => new SourceFacet(PublicId.Of(s.Key), titles[s.Key], s.Value))]
        );
    }

    private static IReadOnlyList<FacetCount> Top(IEnumerable<string> values) =>
        [
            .. values.CountBy(v => v, StringComparer.Ordinal)
                .OrderByDescending(v => v.Value)
                .ThenBy(v => v.Key, StringComparer.Ordinal)
                .Take(Shown)
                .Select(v => new FacetCount(v.Key, v.Value)),
        ];
}

/// <summary>A source among the hits.</summary>
public sealed record SourceFacet(string PublicId, string Title, int Count);
