using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Says which annotations the readers of a group are shown.</summary>
public sealed class AnnotationModeration(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    private const int MostRemoved = 50;

    /// <summary>Says whether an annotation is shown to the readers of its group.</summary>
    /// <param name="reason">In the moderator's words; null for none.</param>
    /// <exception cref="Forbidden">The viewer does not moderate the group.</exception>
    /// <exception cref="Invalid">The field is <c>reason</c>.</exception>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public Task ModerateAsync(Viewer viewer, Guid id, ModerationState state, string? reason, CancellationToken ct) =>
        DecideAsync(viewer, id, state, reason, ct);

    /// <summary>
    /// Takes an annotation out of every view. For a while it can be restored, by its author or a moderator; it is hidden then.
    /// </summary>
    /// <exception cref="Forbidden">The viewer does not moderate the group.</exception>
    /// <exception cref="Invalid">The field is <c>reason</c>.</exception>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public Task RemoveAsync(Viewer viewer, Guid id, string? reason, CancellationToken ct) =>
        DecideAsync(viewer, id, ModerationState.Removed, reason, ct);

    /// <summary>What moderators removed lately of what the viewer wrote, newest first, at most 50, until it is gone for good.</summary>
    /// <param name="id">Only this one; null for all.</param>
    public async Task<IReadOnlyList<AnnotationView>> RemovedAsync(Viewer viewer, Guid? id, CancellationToken ct)
    {
        if (viewer.PersonId is not { } person)
            return [];
        var since = clock.GetUtcNow() - Annotation.Restorable;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Annotations.VisibleOrDeletedTo(viewer)
            .Where(a => a.AuthorId == person && a.Moderation == ModerationState.Removed && a.Deleted >= since && (id == null || a.Id == id))
            .OrderByDescending(a => a.Deleted).ThenByDescending(a => a.Id)
            .Take(MostRemoved)
            .Views(db, viewer)
            .ToListAsync(ct);
    }

    private async Task DecideAsync(Viewer viewer, Guid id, ModerationState state, string? reason, CancellationToken ct)
    {
        var words = UserText.Line("reason", reason, Limits.Reason);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // An edit that is being saved ends first: both write the search entry.
        await db.Database.ExecuteSqlAsync($"select from annotation where id = {id} for no key update", ct);
        var annotation = await db.Annotations.VisibleTo(viewer)
            .Include(a => a.SearchEntry)
            .Include(a => a.Group)
            .FirstOrDefaultAsync(a => a.Id == id, ct)
            ?? throw new Missing("annotation");
        viewer.Require(Permissions.Moderate, Standing.In(annotation.Group!) with { IsShared = annotation.Shared });
        annotation.Moderate(state, words);
        if (state is ModerationState.Removed)
        {
            annotation.Delete(clock.GetUtcNow());
            annotation.Unindex();
        }
        else
        {
            var passage = await db.Passages.FirstOrDefaultAsync(p => p.Id == annotation.PassageId, ct);
            var source = await db.SourcesVisibleTo(viewer).FirstAsync(s => s.Id == annotation.SourceId, ct);
            annotation.Index(passage, source, annotation.Group!, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
