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
        return db.Sources.Where(s => annotations.Any(a => a.SourceId == s.Id) || texts.Any(t => t.SourceId == s.Id));
    }
}
