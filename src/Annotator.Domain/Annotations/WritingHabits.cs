using Annotator.Domain.Data;
using Annotator.Domain.Languages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>The languages that authors wrote their last comments in: the prior for comments whose language is not clear.</summary>
internal sealed class WritingHabits
{
    private const int LastComments = 50;

    private readonly Dictionary<(Guid Author, string Language), int> _comments = [];

    /// <summary>Reads the habits of the authors, in one query over the index of their annotations.</summary>
    /// <param name="rewritten">
    /// The annotation that is being edited, whose present language may be a mistake; <see cref="Guid.Empty"/> for none.
    /// </param>
    public static async Task<WritingHabits> OfAsync(AnnotatorDb db, Guid[] authors, Guid rewritten, CancellationToken ct)
    {
        var habits = new WritingHabits();
        if (authors.Length == 0)
            return habits;
        // Written in SQL: LINQ would number the annotations of everybody, this reads the last ones of each author.
        var counts = await db.Database.SqlQuery<Count>(
            $"""
            select author.id as author, last.language, count(*)::int as comments
            from unnest({authors}) as author (id)
            cross join lateral (
                select language from annotation
                where author_id = author.id and body <> '' and language <> 'und' and id <> {rewritten}
                order by created desc
                limit {LastComments}) as last
            group by author.id, last.language
            """).ToListAsync(ct);
        foreach (var count in counts)
            habits._comments[(count.Author, count.Language)] = count.Comments;
        return habits;
    }

    /// <summary>The language of a comment by its words and by what else its author writes: a BCP 47 tag.</summary>
    /// <param name="of">The author, and the annotation when it is there already: what it said may be the very mistake.</param>
    /// <param name="context">The language of what the comment is about.</param>
    public static async Task<string> LanguageOfAsync(
        (AnnotatorDb Db, LanguageDetector Detector) tools,
        (Guid Author, Guid Annotation) of,
        string body,
        string context,
        CancellationToken ct)
    {
        var habits = await OfAsync(tools.Db, [of.Author], of.Annotation, ct);
        LanguageTag? usual = habits.Usual().TryGetValue(of.Author, out var habit) ? habit : null;
        return tools.Detector.Detect(body, usual, LanguageTag.Known(context)).Value;
    }

    /// <summary>Counts a comment that is about to be stored.</summary>
    public void Saw(Guid author, string language)
    {
        if (!string.Equals(language, LanguageTag.Undetermined.Value, StringComparison.Ordinal))
            _comments[(author, language)] = _comments.GetValueOrDefault((author, language)) + 1;
    }

    /// <summary>The commonest language of each author.</summary>
    public IReadOnlyDictionary<Guid, LanguageTag> Usual() => _comments.GroupBy(c => c.Key.Author).ToDictionary(
        comments => comments.Key,
        comments =>
            LanguageTag.Parse(
                comments.OrderByDescending(c => c.Value).ThenBy(c => c.Key.Language, StringComparer.Ordinal).First().Key.Language));

    private sealed record Count(Guid Author, string Language, int Comments);
}
