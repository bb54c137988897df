using Annotator.Domain.Data;

namespace Annotator.Domain.Annotations;

public sealed partial class AnnotationWriter
{
    /// <summary>Prepares the store for as many batches as come: tell it of each, and dispose it when all are written.</summary>
    internal CollectingIndex Collecting() => new(databases);
}
