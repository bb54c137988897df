using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Corrects what is known of a source, and says who did.</summary>
public sealed partial class SourceCorrection(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    private const int MostRevisions = 50;

    /// <summary>Whether the viewer may correct the source.</summary>
    public async Task<bool> IsAllowedAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return viewer.May(Permissions.CorrectSource, await SourceStanding.OfAsync(db, viewer, sourceId, ct));
    }

    /// <summary>
    /// Corrects what everybody is told of a source. Where not everybody sees it, what the viewer says of it stays with what they wrote and
    /// added there, for those who read that.
    /// </summary>
    /// <exception cref="Forbidden">Neither has the viewer added the source, nor are they an administrator.</exception>
    /// <exception cref="Invalid">A detail cannot be stored, there is no title, or another source has an address.</exception>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task CorrectAsync(Viewer viewer, Guid sourceId, SourceDetails given, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Whoever corrects it at the same time waits, and finds it corrected.
        await db.Database.ExecuteSqlAsync($"select from source where id = {sourceId} for no key update", ct);
        var source = await db.SourcesVisibleTo(viewer).Include(s => s.SearchEntry).Include(s => s.Uris)
            .FirstOrDefaultAsync(s => s.Id == sourceId, ct)
            ?? throw new Missing("source");
        viewer.Require(Permissions.CorrectSource, await SourceStanding.OfAsync(db, viewer, sourceId, ct));
        var known = await db.SourceUrisAsync(viewer, sourceId, ct);
        var details = given.Checked(known);
        var isOtherLanguage = !string.Equals(source.Language, details.Language, StringComparison.Ordinal);
        if (source.TitleGiven || await db.SourcesVisibleTo(Viewer.Visitor).AnyAsync(s => s.Id == sourceId, ct))
            await CorrectAsync(db, viewer, source, (known, details), ct);
        else
            await CiteAsync(db, viewer, source, (known, details), ct);
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
                    r.Title, r.Author, r.Language, r.Corrected, r.CorrectedBy!.DisplayName ?? r.CorrectedBy.Username)
                {
                    Kind = r.Kind, Addresses = r.Addresses,
                })
            .ToListAsync(ct);
    }

    private async Task CorrectAsync(
        AnnotatorDb db, Viewer viewer, Source source, (IReadOnlyList<string> Known, SourceDetails Now) said, CancellationToken ct)
    {
        var details = said.Now;
        var kind = details.Kind ?? source.Kind;
        // An address that only the viewer's groups know is in the form too; it is not published by saving the form as it is.
        var isMoved = details.Addresses is { } given && !given.SequenceEqual(said.Known, StringComparer.Ordinal);
        if (!isMoved
            && (details.Title, details.Author, details.Language, kind) == (source.Title, source.Author, source.Language, source.Kind))
        {
            return;
        }
        db.SourceRevisions.Add(SourceRevision.Of(source, viewer.PersonId, clock.GetUtcNow()));
        source.Correct(details.Title!, details.Author, details.Language!, kind);
        if (isMoved)
        {
            await new AddressCorrection(db, clock.GetUtcNow()).ReplaceAsync(viewer, source, details.Addresses!, ct);
            source.CallByAddress();
            await ChangeLog.AddAsync(
                db,
                [Change.OfSource(ChangeKind.Source, ChangeAction.Update, source.Id, null, null, Audience.World, Audience.World)],
                ct);
        }
        source.Index(clock.GetUtcNow());
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
}
