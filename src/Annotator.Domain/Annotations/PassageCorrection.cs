using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Corrects what is known of a passage, in the transaction of the caller.</summary>
internal sealed class PassageCorrection(AnnotatorDb db, DateTimeOffset now)
{
    /// <summary>Says which language a passage is in, after it was detected wrongly. Whoever quoted it first may do that.</summary>
    /// <exception cref="Forbidden">Somebody else quoted the passage first.</exception>
    public async Task CorrectAsync(Viewer viewer, Passage passage, string language, CancellationToken ct)
    {
        var first = await db.Annotations.VisibleTo(viewer).Where(a => a.PassageId == passage.Id)
            .OrderBy(a => a.Created).ThenBy(a => a.Id).Select(a => a.AuthorId).FirstAsync(ct);
        viewer.Require(Permissions.CorrectPassage, new Standing { OwnerId = first });
        // An edit that is being saved ends first; what it wrote is read in the statement after this one.
        await db.Database.ExecuteSqlAsync($"select from passage where id = {passage.Id} for update", ct);
        await db.Database.ExecuteSqlAsync($"select from annotation where passage_id = {passage.Id} order by id for no key update", ct);
        passage.CorrectLanguage(language);
        var source = await db.Sources.FirstAsync(s => s.Id == passage.SourceId, ct);
        foreach (var annotation in await db.Annotations.Include(a => a.SearchEntry).Include(a => a.Group).Where(a => a.PassageId == passage.Id && a.Deleted == null).ToListAsync(ct))
            annotation.Index(passage, source, annotation.Group!, now);
    }
}
