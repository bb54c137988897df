using System.Globalization;
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

    /// <param name="hits">With their facts.</param>
    internal static async Task<Facets> CountAsync(AnnotatorDb db, IReadOnlyList<IndexHit> hits, CancellationToken ct)
    {
        var facts = hits.Select(h => h.Facts!).ToList();
        return new Facets(
            Top(facts.Select(h => h.IsHighlight ? h.PassageLanguage : h.Language)),
            Top(facts.Select(h => h.PassageLanguage)),
            Top(facts.SelectMany(h => h.Tags)),
            Top(facts.Select(h => h.Username)),
            [
                .. facts.CountBy(h => h.Source)
                    .OrderByDescending(s => s.Value).ThenBy(s => s.Key.Id)
                    .Take(Shown)
                    .Select(s => new NamedFacet(PublicId.Of(s.Key.Id), s.Key.Title, s.Value)),
            ],
            await GroupsAsync(db, facts, ct),
            [
                .. Top(hits.Select(h => h.Created.UtcDateTime.Year.ToString("D4", CultureInfo.InvariantCulture)))
                    .OrderByDescending(y => y.Value, StringComparer.Ordinal),
            ]
        );
    }

    private static async Task<IReadOnlyList<NamedFacet>> GroupsAsync(AnnotatorDb db, List<HitFacts> hits, CancellationToken ct)
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
}

/// <summary>A source or group among the hits, with its public id, its name and the number of hits.</summary>
public sealed record NamedFacet(string PublicId, string Name, int Count);
