using System.Globalization;
using Annotator.Domain.Kernel;

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
    internal static Facets Of(IReadOnlyList<IndexHit> hits)
    {
        var facts = hits.Select(h => h.Facts!).ToList();
        return new Facets(
            Top(facts.Select(h => h.IsHighlight ? h.PassageLanguage : h.Language)),
            Top(facts.Select(h => h.PassageLanguage)),
            Top(facts.SelectMany(h => h.Tags)),
            Top(facts.Select(h => h.Username)),
            [
                .. Most(facts.Select(h => h.Source), s => PublicId.Of(s.Id))
                    .Select(s => new NamedFacet(PublicId.Of(s.Key.Id), s.Key.Title, s.Value)),
            ],
            [.. Most(facts.Select(h => h.Group), g => g.Id).Select(g => new NamedFacet(g.Key.Id, g.Key.Name, g.Value))],
            [
                .. Top(hits.Select(h => h.Created.UtcDateTime.Year.ToString("D4", CultureInfo.InvariantCulture)))
                    .OrderByDescending(y => y.Value, StringComparer.Ordinal),
            ]
        );
    }

    private static IReadOnlyList<FacetCount> Top(IEnumerable<string> values) =>
        [.. Most(values, v => v).Select(v => new FacetCount(v.Key, v.Value))];

    private static IEnumerable<KeyValuePair<T, int>> Most<T>(IEnumerable<T> values, Func<T, string> name)
        where T : notnull => values.CountBy(v => v)
            .OrderByDescending(v => v.Value)
            .ThenBy(v => name(v.Key), StringComparer.Ordinal)
            .Take(Shown);
}

/// <summary>A source or group among the hits, with its public id, its name and the number of hits.</summary>
public sealed record NamedFacet(string PublicId, string Name, int Count);
