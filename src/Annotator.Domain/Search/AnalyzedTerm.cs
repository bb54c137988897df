using System.Runtime.CompilerServices;
using Annotator.Domain.Analysis;

namespace Annotator.Domain.Search;

/// <summary>Analyses the terms of a query, and finds them in the folded words of the index.</summary>
internal static class AnalyzedTerm
{
    private static readonly ConditionalWeakTable<Term, QueryTerm> Known = [];

    /// <summary>The term with its lexemes; stems only for a plain word. A page marks a hundred texts with the same terms.</summary>
    public static QueryTerm Of(Term term) => Known.GetValue(term, Analyzed);

    private static QueryTerm Analyzed(Term term) =>
        Analyzer.Query(term.Text, prefix: term.Kind is TermKind.Prefix, stems: term.Kind is TermKind.Word);

    /// <summary>Whether the term, in some form, stands in folded words (<see cref="AnalyzedText.Words"/>).</summary>
    public static bool StandsIn(this QueryTerm term, string words) => Place(term, words, 0) >= 0;

    /// <summary>Where the term stands in folded words, as offsets in UTF-16 units; the first hundred.</summary>
    public static List<int> PlacesIn(this QueryTerm term, string words)
    {
        var places = new List<int>();
        for (var at = Place(term, words, 0); at >= 0 && places.Count < 100; at = Place(term, words, at + 1))
            places.Add(at);
        return places;
    }

    // Other forms of a word share its beginning; for an order that is near enough.
    private static int Place(QueryTerm term, string words, int from)
    {
        var wanted = term.Needle;
        return from < words.Length ? words.IndexOf(wanted, from, StringComparison.Ordinal) : -1;
    }
}
