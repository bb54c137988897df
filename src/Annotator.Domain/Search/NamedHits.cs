using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Annotator.Domain.Access;
using Annotator.Domain.Analysis;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>Sources and people that the words of a query name; the most active sources first.</summary>
public sealed record NamedHits(IReadOnlyList<FoundSource> Sources, IReadOnlyList<FoundPerson> People)
{
    private const int Shown = 5;

    /// <summary>Sources from which on the most active are looked at first, as many as this.</summary>
    private const int LookedAt = 100;

    /// <summary>Sources with a title that a query names, from which on they are not read one by one.</summary>
    private const int MaxNamed = 500;

    /// <summary>Privately given titles that are compared with a query, the newest.</summary>
    private const int MaxCited = 500;

    public static NamedHits None { get; } = new([], []);

    internal static async Task<NamedHits> FindAsync(AnnotatorDb db, Viewer viewer, SearchQuery query, CancellationToken ct)
    {
        if (query.Terms.Count == 0 || WordsOf(query.Condition!) is not { } words)
            return None;
        return new NamedHits(await SourcesAsync(db, viewer, (words, query), ct), await PeopleAsync(db, viewer, query, ct));
    }

    // A source is visible to those who see its text or an annotation on it.
    private static async Task<IReadOnlyList<FoundSource>> SourcesAsync(
        AnnotatorDb db, Viewer viewer, (Condition Words, SearchQuery Query) asked, CancellationToken ct)
    {
        var reader = new ConditionReader(db, viewer, default);
        var condition = await reader.ReadAsync(asked.Words, ct);
        var sql = $"select e.* from source_search e where {condition.Where(reader.Parameters)} offset 0";
        var entries = db.SourceEntries.FromSql(FormattableStringFactory.Create(sql, reader.Parameters.Values));
        var cited = await CitedAsync(db, viewer, asked.Query, ct);
        // One set of ids: with two conditions, every source would be looked at. Where it is small it is read first: the statement that
        // follows is always the same then, so that PostgreSQL plans it once.
        var named = entries.Select(e => e.SourceId);
        Guid[] few = [.. (await named.Take(MaxNamed).ToListAsync(ct)).Union(cited)];
        if (few.Length == 0)
            return [];
        var isFew = few.Length < MaxNamed;
        if (few.Length > LookedAt)
        {
            // Whether the viewer sees a source, and by what title, costs more than finding it: mostly asking for the first is enough.
            var first = await MostActiveAsync(
                isFew ? db.Sources.Where(s => few.Contains(s.Id)) : db.Sources.Where(s => named.Union(cited).Contains(s.Id)), ct);
            if (await ShownAsync(s => first.Contains(s.Id)) is { Count: Shown } shown)
                return shown;
        }

        return await (isFew ? ShownAsync(s => few.Contains(s.Id)) : ShownAsync(s => named.Union(cited).Contains(s.Id)));

        Task<List<FoundSource>> ShownAsync(Expression<Func<SourceFacts, bool>> among) =>
            db.SourceFactsFor(viewer).Where(among)
                .OrderByDescending(s => s.LastActivity).ThenBy(s => s.Id)
                .Select(s => new FoundSource(s.Id, s.Title, s.Language))
                .Take(Shown)
                .ToListAsync(ct);
    }

    private static Task<Guid[]> MostActiveAsync(IQueryable<Source> sources, CancellationToken ct) =>
        sources.OrderByDescending(s => s.LastActivity).ThenBy(s => s.Id).Select(s => s.Id).Take(LookedAt).ToArrayAsync(ct);

    // Privately given titles are in no index: a viewer sees few of them, so they are compared in memory.
    private static async Task<Guid[]> CitedAsync(AnnotatorDb db, Viewer viewer, SearchQuery query, CancellationToken ct)
    {
        // Nothing is given privately to visitors.
        if (viewer is { PersonId: null, IsOperator: false, Reads.Count: 0 })
            return [];
        var terms = query.Terms.Select(AnalyzedTerm.Of).Where(t => !t.IsEmpty).ToList();
        var titles = terms.Count == 0 ? [] : await db.TitlesCitedFor(viewer).Take(MaxCited).ToListAsync(ct);
        return [.. titles.Distinct().Where(t => terms.TrueForAll(term => term.StandsIn(WordsOf(t.Title)))).Select(t => t.SourceId)];
    }

    private static string WordsOf(string title) =>
        Analyzer.Index([new IndexedField(title, LanguageTag.Undetermined.Value, FieldKind.Title)]).Words;

    private static async Task<IReadOnlyList<FoundPerson>> PeopleAsync(
        AnnotatorDb db, Viewer viewer, SearchQuery query, CancellationToken ct)
    {
        // Names are short; each word of the query may be one. Usernames are compared by their folded form, which costs a tenth.
        var words = query.Terms.Select(t => t.Text).Where(t => Userid.Key(t).Length > 1).Take(5).ToList();
        var (names, keys) = (words.ConvertAll(Like.Containing), words.ConvertAll(w => Like.Containing(Userid.Key(w))));
        var visible = db.Annotations.VisibleTo(viewer);
        return await db.People
            .Where(p => keys.Any(t => EF.Functions.Like(p.NameKey, t)) || names.Any(t => EF.Functions.ILike(p.DisplayName!, t)))
            .Where(p => visible.Any(a => a.AuthorId == p.Id))
            .OrderBy(p => p.Username)
            .Select(p => new FoundPerson(p.Username, p.DisplayName ?? p.Username))
            .Take(Shown).ToListAsync(ct);
    }

    /// <summary>The condition without its filters; null when nothing but filters is left.</summary>
    private static Condition? WordsOf(Condition condition) => condition switch
    {
        Term => condition,
        Not(var part) => WordsOf(part) is { } words ? Not.Of(words) : null,
        AllOf(var parts) => AllOf.Joined(parts.Select(WordsOf).OfType<Condition>()),
        AnyOf(var parts) => AnyOf.Joined(parts.Select(WordsOf).OfType<Condition>()),
        _ => null,
    };
}

/// <summary>Somebody who wrote annotations.</summary>
public sealed record FoundPerson(string Username, string Name);
