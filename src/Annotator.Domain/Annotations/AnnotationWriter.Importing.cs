using Annotator.Domain.Data;

namespace Annotator.Domain.Annotations;

public sealed partial class AnnotationWriter
{
    /// <summary>Prepares the store for tens of thousands of annotations; dispose the result when they are written.</summary>
    public async Task<IAsyncDisposable> ExpectManyAsync(CancellationToken ct) => await CollectingIndex.StartAsync(databases, ct);
}
