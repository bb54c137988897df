using Annotator.Domain.Access;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Data;

/// <summary>The rule of <see cref="Visibility"/> for sources.</summary>
public static class VisibleSources
{
    /// <summary>Sources of which the viewer reads an annotation or a text.</summary>
    public static IQueryable<Source> SourcesVisibleTo(this AnnotatorDb db, Viewer viewer)
    {
        var annotations = db.Annotations.VisibleTo(viewer);
        var texts = db.Snapshots.VisibleTo(viewer);
        // The first of each source is looked up by an index. PostgreSQL would answer "is there any" by reading all that the viewer sees.
        return db.Sources.Where(s => annotations.Where(a => a.SourceId == s.Id).Select(a => (Guid?)a.SourceId).FirstOrDefault() != null
            || texts.Where(t => t.SourceId == s.Id).Select(t => (Guid?)t.SourceId).FirstOrDefault() != null);
    }
}
