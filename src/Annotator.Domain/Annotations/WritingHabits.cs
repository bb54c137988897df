using Annotator.Domain.Data;
using Annotator.Domain.Languages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Which languages authors write their comments in, by the last of them; it decides where a comment does not tell.</summary>
internal sealed class WritingHabits
{
    private const int LastComments = 50;

    private readonly Dictionary<(Guid Author, string Language), int> _comments = [];

    /// <summary>What the store knows of the authors, in one query over the index of their annotations.</summary>
    /// <param name="rewritten">An annotation that says something else now: what it said may be the very mistake.</param>
    public static async Task<WritingHabits> OfAsync(AnnotatorDb db, Guid[] authors, Guid? rewritten, CancellationToken ct)
    {
        var habits = new WritingHabits();
        if (authors.Length == 0)
            return habits;
        var counts = await db.People.Where(p => authors.Contains(p.Id))
            .SelectMany(p => db.Annotations
                .Where(a => a.AuthorId == p.Id && a.Body != "" && a.Language != LanguageTag.Undetermined.Value && a.Id != rewritten)
                .OrderByDescending(a => a.Created)
                .Take(LastComments))
            .GroupBy(a => new { a.AuthorId, a.Language })
            .Select(same => new { same.Key.AuthorId, same.Key.Language, Count = same.Count() })
            .ToListAsync(ct);
        foreach (var same in counts)
            habits._comments[(same.AuthorId, same.Language)] = same.Count;
        return habits;
    }

    /// <summary>A comment that is about to be stored.</summary>
    public void Saw(Guid author, string language)
    {
        if (!string.Equals(language, LanguageTag.Undetermined.Value, StringComparison.Ordinal))
            _comments[(author, language)] = _comments.GetValueOrDefault((author, language)) + 1;
    }

    /// <summary>The commonest language of each author.</summary>
    public IReadOnlyDictionary<Guid, LanguageTag> Usual() => _comments.GroupBy(c => c.Key.Author).ToDictionary(
        comments => comments.Key,
        comments => LanguageTag.Parse(comments.OrderByDescending(c => c.Value).ThenBy(c => c.Key.Language, StringComparer.Ordinal).First().Key.Language));
}
