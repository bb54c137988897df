using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Reads annotations as records.</summary>
internal static class AnnotationRecords
{
    /// <summary>What annotations say, for those who show nothing else of them.</summary>
    /// <param name="annotations">Those that the viewer may see.</param>
    public static IQueryable<AnnotationView> Views(this IQueryable<Annotation> annotations, AnnotatorDb db, Viewer viewer) =>
        annotations.AsNoTracking().Select(AnnotationRecord.Of(db, viewer)).Select(r => r.Annotation);

    /// <summary>One record, whole.</summary>
    /// <param name="annotations">Those that the viewer may see.</param>
    public static async Task<AnnotationRecord?> RecordAsync(
        this IQueryable<Annotation> annotations, AnnotatorDb db, Viewer viewer, CancellationToken ct) =>
        (await annotations.AsNoTracking().Select(AnnotationRecord.Of(db, viewer)).FirstOrDefaultAsync(ct))?.RedactedFor(viewer);
}
