using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Corrects what is known of a passage, in the transaction of the caller.</summary>
internal sealed class PassageCorrection(AnnotatorDb db, DateTimeOffset now)
{
    /// <summary>
    /// The annotation that quoted a passage first, of those that everybody reads; where there is none, of those that a group reads, then
    /// of the viewer's own: whoever quotes something privately before others do is not the first for them.
    /// </summary>
    /// <returns>Null where the viewer reads nothing about the passage.</returns>
    public static async Task<(Guid Id, Guid AuthorId)?> FirstAsync(AnnotatorDb db, Viewer viewer, Guid passageId, CancellationToken ct)
    {
        var everybodys = db.Annotations.VisibleTo(Viewer.Visitor);
        var first = await db.Annotations.VisibleTo(viewer).Where(a => a.PassageId == passageId)
            .OrderByDescending(a => everybodys.Any(e => e.Id == a.Id))
            .ThenByDescending(a => a.Shared)
            .ThenBy(a => a.Created)
            .ThenBy(a => a.Id)
            .Select(a => new { a.Id, a.AuthorId }).FirstOrDefaultAsync(ct);
        return first is null ? null : (first.Id, first.AuthorId);
    }

    /// <summary>Says which language a passage is in, after it was detected wrongly. Whoever quoted it first may do that.</summary>
    /// <exception cref="Forbidden">Somebody else quoted the passage first.</exception>
    public async Task CorrectAsync(Viewer viewer, Passage passage, string language, CancellationToken ct)
    {
        var first = await FirstAsync(db, viewer, passage.Id, ct);
        viewer.Require(Permissions.CorrectPassage, new Standing { OwnerId = first?.AuthorId });
        // An edit that is being saved ends first; what it wrote is read in the statement after this one.
        await db.Database.ExecuteSqlAsync($"select from passage where id = {passage.Id} for update", ct);
        await db.Database.ExecuteSqlAsync($"select from annotation where passage_id = {passage.Id} order by id for no key update", ct);
        passage.CorrectLanguage(language);
        var source = await db.Sources.FirstAsync(s => s.Id == passage.SourceId, ct);
        foreach (var annotation in await db.Annotations.Include(a => a.SearchEntry)
            .Include(a => a.Group)
            .Where(a => a.PassageId == passage.Id && a.Deleted == null)
            .ToListAsync(ct))
        {
            annotation.Index(passage, source, annotation.Group!, now);
        }
    }

    /// <summary>
    /// More is known now of the words before and after these passages: where the words alone did not tell the place, it is looked for
    /// anew. What a person said stays.
    /// </summary>
    public async Task ForgetGuessesAsync(IReadOnlyList<Guid> passages, CancellationToken ct)
    {
        if (passages.Count > 0)
        {
            await db.PassagePlaces.Where(p => passages.Contains(p.PassageId) && p.Kind != PlacementKind.Exact && p.Confidence < 1)
                .ExecuteDeleteAsync(ct);
        }
    }

    /// <summary>
    /// Lets everybody know the words before and after a passage that came with an annotation, unless they are of a text that not
    /// everybody reads.
    /// </summary>
    public async Task PublishContextAsync(Passage passage, Annotation annotation, CancellationToken ct)
    {
        if (passage.ContextOfId != annotation.Id)
            return;
        if (annotation.SnapshotId is { } text && !await db.Snapshots.VisibleTo(Viewer.Visitor).AnyAsync(s => s.Id == text, ct))
        {
            await PlaceAsync(passage, text, ct);
            passage.ForgetContext(annotation.Id);
            return;
        }

        passage.Publish(annotation.Id);
        await ForgetGuessesAsync([passage.Id], ct);
    }

    // Who reads the text goes on seeing the passage where it was selected.
    private async Task PlaceAsync(Passage passage, Guid text, CancellationToken ct)
    {
        if (passage.Quote is { Start: { } start, End: { } end })
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into passage_place (snapshot_id, passage_id, kind, position_start, position_end, confidence, text)
                values ({text}, {passage.Id}, {(int)PlacementKind.Exact}, {start}, {end}, 1, '')
                on conflict (snapshot_id, passage_id) do update set kind = excluded.kind, position_start = excluded.position_start,
                    position_end = excluded.position_end, confidence = 1, text = '' where passage_place.confidence < 1
                """, ct);
        }
    }
}
