using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Sources;
using Microsoft.Extensions.Caching.Memory;

namespace Annotator.Domain.Reading;

/// <summary>
/// The order of long sources, kept as long as nothing is said about them: to read it anew for each window would cost more than the
/// window. It holds ids and numbers alone; what a page shows of them is read by the rule of visibility.
/// </summary>
internal sealed class Outlines(ChangeLog log) : IDisposable
{
    /// <summary>Annotations in all that is kept, of about 100 bytes each.</summary>
    private const int Most = 150_000;

    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <inheritdoc cref="LongSource.ReadAsync"/>
    public async Task<(Outline Outline, SourceQuery Asked)?> ReadAsync(
        AnnotatorDb db, (Viewer Viewer, Guid Source) of, (Snapshot? Text, SourceQuery Query) asked, TimeSpan placing, CancellationToken ct)
    {
        var ((viewer, id), (text, query)) = (of, asked);
        var source = new LongSource(db, viewer, id);
        // Places in a text change without a change of the source.
        if (text is not null)
            return await source.ReadAsync(text, query, placing, ct);
        // Asked before: what is written meanwhile makes another version.
        var version = query.Version ?? await log.VersionAsync(viewer, id, ct);
        var key = $"{id} {viewer.PersonId} {viewer.RightsVersion} {viewer.IsOperator} {version}";
        if (_kept.TryGetValue(key, out Outline? kept) && kept!.Order.Has(query.Named))
            return (kept, query);
        var read = await source.ReadAsync(text, query, placing, ct);
        if (read is { Outline: var outline })
            _kept.Set(key, outline, new MemoryCacheEntryOptions { Size = outline.Annotations, SlidingExpiration = Unused });
        return read;
    }

    public void Dispose() => _kept.Dispose();
}

/// <summary>All that is said about a source, in order, and how much it is.</summary>
internal sealed record Outline(ReadingOrder Order, ReadingCounts Counts, int Annotations);
