using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>Suggests another spelling for a query that finds nothing: the same query with similar words of the index.</summary>
internal sealed class Spelling(AnnotatorDb db, TimeWindows windows, Viewer viewer)
{
    private const int ShortestWord = 3;
    private const int LongWord = 6;

    /// <summary>Similar words that are tried for each typed word, at most.</summary>
    private const int Tried = 3;

    /// <summary>Rows of the index that are sampled for words while PostgreSQL has no statistics (<c>pg_stats</c>) yet.</summary>
    private const int Rows = 1_500;

    /// <returns>A query that finds something the viewer sees; null when there is none near.</returns>
    public async Task<SearchQuery?> SuggestAsync(SearchQuery query, Func<SearchQuery, Task<bool>> finds, CancellationToken ct)
    {
        var misspelt = new List<Term>();
        foreach (var term in query.Terms.Where(IsWord))
        {
            if (!await finds(new SearchQuery(term, [])))
                misspelt.Add(term);
        }

        if (misspelt.Count == 0)
            return null;
        // The commonest of the whole store, whoever wrote them: what is suggested must find something for the viewer.
        var words = (await windows.StatisticsAsync(db, ct)).CommonWords();
        return await CorrectedAsync(query, misspelt, words, finds)
            ?? await CorrectedAsync(query, misspelt, await RecentWordsAsync(ct), finds);
    }

    private static async Task<SearchQuery?> CorrectedAsync(
        SearchQuery query, List<Term> misspelt, List<string> words, Func<SearchQuery, Task<bool>> finds)
    {
        var nearest = misspelt.ConvertAll(term => Nearest(Analyzer.Fold(term.Text), words));
        if (nearest.Exists(n => n.Count == 0))
            return null;
        for (var attempt = 0; attempt < nearest.Max(n => n.Count); attempt++)
        {
            var corrected = misspelt.Zip(nearest, (term, near) => (term, near[Math.Min(attempt, near.Count - 1)]))
                .Aggregate(query, (corrected, change) => corrected.Replacing(change.term, change.term with { Text = change.Item2 }));
            if (await finds(corrected))
                return corrected;
        }

        return null;
    }

    // Characters of scripts without spaces are not spelt, and a name like GPT-5 is not a misspelt GPT-4.
    private static bool IsWord(Term term) =>
        term is { Kind: TermKind.Word, Text.Length: >= ShortestWord and <= 64 } && Analyzer.Query(term.Text).IsSpeltWord;

    /// <summary>The words next to one, nearest and then commonest first.</summary>
    /// <param name="words">Commonest first.</param>
    private static List<string> Nearest(string word, List<string> words)
    {
        var most = word.Length < LongWord ? 1 : 2;
        return [
            .. words.Select(other => (Word: other, Distance: EditDistance.Between(word, other, most)))
                .Where(o => o.Distance <= most)
                .OrderBy(o => o.Distance)
                .Select(o => o.Word)
                .Take(Tried),
        ];
    }

    private async Task<List<string>> RecentWordsAsync(CancellationToken ct)
    {
        var window = (await windows.BackAsync(db, default, Rows, ct)).Lexical;
        var visible = Visibility.Lexical(viewer, await UnmarkedRights.ReadAsync(db, ct));
        var lexical = window is null ? visible : $"{visible} & {window}";
        return await db.Database.SqlQuery<string>(
            $"""
            select word as "Value" from ts_stat(format(
                'select tokens from annotation_search where tokens @@ %L::tsquery limit %s', {lexical}, {Rows}))
            where word !~ '^[:~]'
            order by ndoc desc
            """).ToListAsync(ct);
    }
}
