using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>How the counted hits are spread, the commonest first; years latest first.</summary>
/// <param name="Languages">Of the comments; of the passages where there is no comment.</param>
/// <param name="PassageLanguages">Of what is commented on.</param>
/// <param name="People">Usernames.</param>
/// <param name="Sources">Public ids and titles.</param>
/// <param name="Groups">Public ids and names.</param>
public sealed record Facets(
    IReadOnlyList<FacetCount> Languages,
    IReadOnlyList<FacetCount> PassageLanguages,
    IReadOnlyList<FacetCount> Tags,
    IReadOnlyList<FacetCount> People,
    IReadOnlyList<NamedFacet> Sources,
    IReadOnlyList<NamedFacet> Groups,
    IReadOnlyList<FacetCount> Years
)
{
    private const int Shown = 8;

    internal static async Task<Facets> CountAsync(AnnotatorDb db, Viewer viewer, Guid[] ids, CancellationToken ct)
    {
        var hits = await (
            from a in db.Annotations.AsNoTracking().VisibleTo(viewer)
            where ids.Contains(a.Id)
            join source in db.Sources on a.SourceId equals source.Id
            join p in db.Passages on a.PassageId equals p.Id into passages
            from passage in passages.DefaultIfEmpty()
            select new Hit(
                a.Body == "",
                a.Language,
                passage == null ? source.Language : passage.Language,
                a.Tags,
                a.SourceId,
                a.Author!.Username,
                a.GroupId,
                a.Created.Year)
        ).ToListAsync(ct);
        return new Facets(
            Top(hits.Select(h => h.IsHighlight ? h.PassageLanguage : h.Language)),
            Top(hits.Select(h => h.PassageLanguage)),
            Top(hits.SelectMany(h => h.Tags)),
            Top(hits.Select(h => h.Username)),
            await SourcesAsync(db, viewer, hits, ct),
            await GroupsAsync(db, hits, ct),
            [
                .. Top(hits.Select(h => h.Year.ToString("D4", System.Globalization.CultureInfo.InvariantCulture))).OrderByDescending(
                    y => y.Value, StringComparer.Ordinal),
            ]
        );
    }

    private static async Task<IReadOnlyList<NamedFacet>> SourcesAsync(AnnotatorDb db, Viewer viewer, List<Hit> hits, CancellationToken ct)
    {
        var counts = hits.CountBy(h => h.SourceId).OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(Shown).ToList();
        var ids = counts.ConvertAll(s => s.Key);
        var titles = await db.SourceFactsFor(viewer).Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Title, ct);
        // One may have been purged since the hits were read.
        return [.. counts.Where(s => titles.ContainsKey(s.Key)).Select(s => new NamedFacet(PublicId.Of(s.Key), titles[s.Key], s.Value))];
    }

    private static async Task<IReadOnlyList<NamedFacet>> GroupsAsync(AnnotatorDb db, List<Hit> hits, CancellationToken ct)
    {
        var counts = Top(hits.Select(h => h.GroupId));
        var ids = counts.Select(g => g.Value).ToArray();
        var names = await db.Groups.Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id, g => g.Name, StringComparer.Ordinal, ct);
        return [.. counts.Select(g => new NamedFacet(g.Value, names.GetValueOrDefault(g.Value, g.Value), g.Count))];
    }

    private static IReadOnlyList<FacetCount> Top(IEnumerable<string> values) =>
        [
            .. values.CountBy(v => v, StringComparer.Ordinal)
                .OrderByDescending(v => v.Value)
                .ThenBy(v => v.Key, StringComparer.Ordinal)
                .Take(Shown)
                .Select(v => new FacetCount(v.Key, v.Value)),
        ];

    /// <summary>What the counters need of a hit.</summary>
    private sealed record Hit(
        bool IsHighlight, string Language, string PassageLanguage, string[] Tags, Guid SourceId, string Username, string GroupId, int Year);
}

/// <summary>A source or group among the hits, with its public id, its name and the number of hits.</summary>
public sealed record NamedFacet(string PublicId, string Name, int Count);
