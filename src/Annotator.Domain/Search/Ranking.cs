using Annotator.Domain.Languages;
using Annotator.Domain.Analysis;

namespace Annotator.Domain.Search;

/// <summary>
/// Scores a hit: by the field its words are in (tag over title over comment over passage), by their distance from each other, and by
/// its age.
/// </summary>
internal sealed class Ranking(SearchQuery query)
{
    private const int Tag = 800;
    private const int Title = 400;
    private const int Comment = 300;
    private const int Passage = 200;

    /// <summary>Most points for words beside each other.</summary>
    private const int Near = 400;

    /// <summary>UTF-16 units at which half of those points are lost.</summary>
    private const int HalfNear = 30;

    /// <summary>Most points for being new; half of them are lost in <see cref="HalfLife"/>.</summary>
    private const int New = 200;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(180);

    private readonly QueryTerm[] _terms = [.. query.Terms.Select(AnalyzedTerm.Of).Where(t => !t.IsEmpty)];

    /// <param name="hits">With their words and facts.</param>
    /// <param name="now">The moment from which the age counts.</param>
    /// <returns>Best first, equals by id.</returns>
    public IReadOnlyList<RankedHit> Order(IReadOnlyList<IndexHit> hits, DateTimeOffset now)
    {
        // Analysed once for each title: many hits are about few sources.
        var words = hits.Select(h => h.Facts!.Source.Title).Distinct(StringComparer.Ordinal)
            .ToDictionary(
                t => t,
                t => Analyzer.Index([new IndexedField(t, LanguageTag.Undetermined.Value, FieldKind.Title)]).Words,
                StringComparer.Ordinal);
        return
        [
            .. hits.Select(h => new RankedHit(h.Id, Score(h, words[h.Facts!.Source.Title], now)))
                .OrderByDescending(h => h.Score).ThenBy(h => h.Id),
        ];
    }

    private int Score(IndexHit hit, string titleWords, DateTimeOffset now)
    {
        var fields = AnalyzedText.FieldsOf(hit.Words).ToLookup(f => f.Kind, f => f.Words);
        var said = fields[FieldKind.Body].Concat(fields[FieldKind.Translation]);
        var score = 0;
        foreach (var term in _terms)
        {
            score += fields[FieldKind.Tag].Any(term.StandsIn) ? Tag
                : term.StandsIn(titleWords) ? Title
                : said.Any(term.StandsIn) ? Comment
                : Passage;
        }

        // Tags have no order, so their distance does not count.
        if (_terms.Length > 1)
            score += said.Concat(fields[FieldKind.Passage]).Select(Nearness).DefaultIfEmpty().Max();
        var age = Math.Max(0, (now - hit.Created) / HalfLife);
        return score + (int)(New * Math.Pow(0.5, age));
    }

    /// <summary>Points for the shortest stretch of a field that holds all terms.</summary>
    private int Nearness(string words)
    {
        var places = Array.ConvertAll(_terms, t => t.PlacesIn(words));
        if (Array.Exists(places, p => p.Count == 0))
            return 0;
        // The stretch begins at one of the places; each other term is at its nearest.
        var least = places[0].Min(first => places.Skip(1).Max(other => other.Min(place => Math.Abs(place - first))));
        return Near * HalfNear / (HalfNear + least);
    }
}
