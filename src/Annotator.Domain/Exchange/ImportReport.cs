namespace Annotator.Domain.Exchange;

/// <summary>What became of a file.</summary>
/// <param name="Read">Records met, refused ones included.</param>
/// <param name="Stored">Annotations that are new in the store.</param>
/// <param name="ThereAlready">Annotations that were stored before under the same id.</param>
/// <param name="RefusedCount">Records that were refused.</param>
/// <param name="Refused">The first <see cref="MaxRefused"/> of them.</param>
public sealed record ImportReport(
    long Read,
    long Stored,
    long ThereAlready,
    long RefusedCount,
    IReadOnlyList<ImportRefusal> Refused
)
{
    public const int MaxRefused = 1_000;
}

/// <summary>A record that was not stored.</summary>
/// <param name="Number">As in <see cref="ImportRecord.Number"/>.</param>
public sealed record ImportRefusal(long Number, string Reason);

/// <summary>How far an import is.</summary>
/// <param name="TotalBytes">Null when the length is not known, as of standard input.</param>
public sealed record ImportProgress(long Records, long BytesRead, long? TotalBytes);

/// <summary>Counts while the import runs.</summary>
internal sealed class ImportTally
{
    private readonly List<ImportRefusal> _refused = [];
    private long _stored;
    private long _thereAlready;
    private long _refusedCount;

    public long Read => _stored + _thereAlready + _refusedCount;

    /// <summary>Counts a record that was stored, now or before.</summary>
    public void Store(bool isNew) => _ = isNew ? _stored++ : _thereAlready++;

    /// <summary>Counts a refused record, and keeps the reason of the first <see cref="ImportReport.MaxRefused"/>.</summary>
    public void Refuse(long number, string reason)
    {
        _refusedCount++;
        if (_refused.Count < ImportReport.MaxRefused)
            _refused.Add(new ImportRefusal(number, reason));
    }

    /// <summary>The counts so far.</summary>
    public ImportReport Report() => new(Read, _stored, _thereAlready, _refusedCount, [.. _refused.OrderBy(r => r.Number)]);
}
