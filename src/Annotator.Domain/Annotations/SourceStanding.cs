using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Who has added a source, as far as the viewer may know.</summary>
internal static class SourceStanding
{
    /// <summary>
    /// The standing of who has added the source: whoever wrote the first annotation or added the first text, of those that everybody
    /// reads; where there is none, of those that a group reads, then of the viewer's own. So nobody learns who was there before.
    /// </summary>
    /// <exception cref="Missing">The viewer sees nothing of the source.</exception>
    public static async Task<Standing> OfAsync(AnnotatorDb db, Viewer viewer, Guid sourceId, CancellationToken ct)
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
