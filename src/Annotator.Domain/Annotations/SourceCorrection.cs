using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Sources;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Corrects title, author and language of a source, and says who did.</summary>
public sealed class SourceCorrection(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    private const int MostRevisions = 50;

    /// <summary>Whether the viewer may correct the source.</summary>
    public async Task<bool> IsAllowedAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return viewer.May(Permissions.CorrectSource, await StandingAsync(db, viewer, sourceId, ct));
    }

    /// <summary>
    /// Corrects what everybody is told of a source. Where not everybody sees it, what the viewer says of it stays with what they wrote and
    /// added there, for those who read that.
    /// </summary>
    /// <exception cref="Forbidden">Neither has the viewer added the source, nor are they an administrator.</exception>
    /// <exception cref="Invalid">A detail cannot be stored, or there is no title.</exception>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task CorrectAsync(Viewer viewer, Guid sourceId, SourceDetails given, CancellationToken ct)
    {
        var details = given.Checked();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever corrects it at the same time waits, and finds it corrected.
        await db.Database.ExecuteSqlAsync($"select from source where id = {sourceId} for no key update", ct);
        var source = await db.SourcesVisibleTo(viewer).Include(s => s.SearchEntry).FirstOrDefaultAsync(s => s.Id == sourceId, ct)
            ?? throw new Missing("source");
        viewer.Require(Permissions.CorrectSource, await StandingAsync(db, viewer, sourceId, ct));
        var isOtherLanguage = !string.Equals(source.Language, details.Language, StringComparison.Ordinal);
        if (source.TitleGiven || await db.SourcesVisibleTo(Viewer.Visitor).AnyAsync(s => s.Id == sourceId, ct))
            Correct(db, source, details, viewer.PersonId);
        else
            await CiteAsync(db, viewer, source, details, ct);
        if (isOtherLanguage)
            await IndexNotesAsync(db, source, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>How the source was called before, the newest first, at most 50.</summary>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task<IReadOnlyList<SourceRevisionView>> HistoryAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.SourcesVisibleTo(viewer).AnyAsync(s => s.Id == sourceId, ct))
            throw new Missing("source");
        return await db.SourceRevisions.Where(r => r.SourceId == sourceId)
            .OrderByDescending(r => r.Corrected).ThenByDescending(r => r.Id)
            .Take(MostRevisions)
            .Select(r =>
                new SourceRevisionView(
                    r.Title, r.Author, r.Language, r.Corrected, r.CorrectedBy!.DisplayName ?? r.CorrectedBy.Username))
            .ToListAsync(ct);
    }

    private void Correct(AnnotatorDb db, Source source, SourceDetails details, Guid? person)
    {
        if (details == new SourceDetails(source.Title, source.Author, source.Language))
            return;
        db.SourceRevisions.Add(SourceRevision.Of(source, person, clock.GetUtcNow()));
        source.Correct(details.Title!, details.Author, details.Language!);
        source.Index(clock.GetUtcNow());
    }

    // Title and author are for those who read these annotations and texts.
    private static async Task CiteAsync(AnnotatorDb db, Viewer viewer, Source source, SourceDetails details, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        source.CorrectLanguage(details.Language!);
        await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == source.Id && a.AuthorId == person)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.CitedTitle, details.Title).SetProperty(a => a.CitedAuthor, details.Author), ct);
        await ChangeLog.AddAsync(
            db,
            [Change.OfSource(ChangeKind.Source, ChangeAction.Update, source.Id, null, person, Audience.Author, Audience.Author)],
            ct);
        await db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == source.Id && s.AddedById == person)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.CitedTitle, details.Title).SetProperty(s => s.CitedAuthor, details.Author), ct);
    }

    // Comments on the whole source are found by its language.
    private async Task IndexNotesAsync(AnnotatorDb db, Source source, CancellationToken ct)
    {
        foreach (var note in await db.Annotations.Include(a => a.SearchEntry)
            .Include(a => a.Group)
            .Where(a => a.SourceId == source.Id && a.PassageId == null && a.Deleted == null)
            .ToListAsync(ct))
        {
            note.Index(null, source, note.Group!, clock.GetUtcNow());
        }
    }

    /// <summary>
    /// The standing of who has added the source: whoever wrote the first annotation or added the first text, of those that everybody
    /// reads; where there is none, of those that a group reads, then of the viewer's own. So nobody learns who was there before.
    /// </summary>
    private static async Task<Standing> StandingAsync(AnnotatorDb db, Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        var (said, texts) = (db.Annotations.VisibleTo(Viewer.Visitor), db.Snapshots.VisibleTo(Viewer.Visitor));
        var first = await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == sourceId)
            .Select(a => new { PersonId = a.AuthorId, At = a.Created, IsOpen = said.Any(e => e.Id == a.Id), a.Shared })
            .Concat(
                db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == sourceId)
                    .Select(s => new { PersonId = s.AddedById, At = s.Added, IsOpen = texts.Any(e => e.Id == s.Id), s.Shared }))
            .OrderByDescending(b => b.IsOpen).ThenByDescending(b => b.Shared).ThenBy(b => b.At).ThenBy(b => b.PersonId)
            .FirstOrDefaultAsync(ct)
            ?? throw new Missing("source");
        return new Standing { OwnerId = first.PersonId };
    }
}

/// <summary>What somebody says of a source.</summary>
/// <param name="Language">BCP 47 tag; null or <c>und</c> when it is not known.</param>
public sealed record SourceDetails(string? Title, string? Author, string? Language)
{
    /// <summary>What can be stored of it.</summary>
    /// <exception cref="Invalid">Names the first field that cannot.</exception>
    internal SourceDetails Checked() => new(
        UserText.Line("title", Title, Limits.Title) ?? throw new Invalid("title", "required"),
        UserText.Line("author", Author, Limits.Author),
        LanguageTag.Canonical("source_language", Language) ?? LanguageTag.Undetermined.Value);
}

/// <summary>How a source was called until it was corrected.</summary>
/// <param name="By">The name of who corrected it; null when it is not known any more.</param>
public sealed record SourceRevisionView(string Title, string? Author, string Language, DateTimeOffset Corrected, string? By);
