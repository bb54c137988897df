using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

public sealed partial class SourceRemoval
{
    private const int MostNames = 20;

    /// <summary>What would go with a source, as far as the viewer sees it; null where they may not remove it.</summary>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task<RemovalPreview?> PreviewAsync(Viewer viewer, Guid sourceId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!viewer.May(Permissions.RemoveSource, await SourceStanding.OfAsync(db, viewer, sourceId, ct)))
            return null;
        var said = db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == sourceId);
        var others = said.Where(a => a.AuthorId != viewer.PersonId).Select(a => a.Author!.DisplayName ?? a.Author.Username).Distinct();
        return new RemovalPreview(
            await db.Snapshots.VisibleTo(viewer).CountAsync(s => s.SourceId == sourceId, ct),
            await said.CountAsync(a => a.Body != "", ct),
            await others.CountAsync(ct),
            await others.Order().Take(MostNames).ToListAsync(ct));
    }

    /// <summary>The removal that took a source or an annotation, where the viewer read it until then.</summary>
    /// <param name="id">Of the source, or of an annotation that stood on it.</param>
    public async Task<RemovedSourceView?> FindAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var said = db.Annotations.VisibleOrDeletedTo(viewer);
        var found = await ReadBy(db, viewer)
            .Where(r => r.SourceId == id || said.Any(a => a.Id == id && a.RemovalId == r.Id && a.Deleted == r.Removed))
            .OrderByDescending(r => r.Removed)
            .FirstOrDefaultAsync(ct);
        return found is null
            ? null
            : new RemovedSourceView(found.SourceId, await Restorable(db, viewer).AnyAsync(r => r.Id == found.Id, ct));
    }

    private static IQueryable<RemovedSource> ReadBy(AnnotatorDb db, Viewer viewer)
    {
        var (said, texts) = (db.Annotations.VisibleOrDeletedTo(viewer), db.Snapshots.VisibleOrDeletedTo(viewer));
        return db.RemovedSources.Where(r =>
            said.Any(a => a.RemovalId == r.Id && a.Deleted == r.Removed) || texts.Any(t => t.RemovalId == r.Id));
    }

    /// <summary>Whoever removed it, for a while; administrators what they read, for as long as it is kept.</summary>
    private IQueryable<RemovedSource> Restorable(AnnotatorDb db, Viewer viewer)
    {
        if (viewer.IsOperator || viewer.IsAdministrator)
            return ReadBy(db, viewer);
        var (person, since) = (viewer.PersonId, clock.GetUtcNow() - Annotation.Restorable);
        return db.RemovedSources.Where(r => person != null && r.RemovedById == person && r.Removed >= since);
    }
}

/// <summary>What goes when a source is removed, as the viewer sees it.</summary>
/// <param name="Comments">Annotations with a body.</param>
/// <param name="Others">Number of other people who wrote there.</param>
/// <param name="Names">The names of some of them, in order.</param>
public sealed record RemovalPreview(int Texts, int Comments, int Others, IReadOnlyList<string> Names);

/// <summary>A source that was removed.</summary>
public sealed record RemovedSourceView(Guid SourceId, bool MayRestore)
{
    public string PublicId => Kernel.PublicId.Of(SourceId);
}
