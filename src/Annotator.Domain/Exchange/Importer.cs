using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Exchange;

/// <summary>Brings files of annotations into the store. Importing a file again stores only what is new in it.</summary>
public sealed class Importer(BatchWriter writer, PeopleDirectory people, TimeProvider clock)
{
    private const int BatchBytes = 16 * 1024 * 1024;

    /// <summary>Records stored together.</summary>
    internal int BatchRecords { get; init; } = 2_000;

    /// <summary>Reads a file of any size and stores it batch by batch. What a batch stored stays, whatever happens later.</summary>
    /// <param name="input">Read once, from where it stands; stays open.</param>
    /// <exception cref="Kernel.Forbidden">The viewer may not import like this. Nothing was read or stored.</exception>
    public async Task<ImportReport> ImportAsync(
        Viewer viewer, Stream input, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        await using var file = await OpenAsync(viewer, input, options, ct);
        var tally = new ImportTally();
        await using var index = writer.BulkIndex();
        await foreach (var batch in BatchesAsync(file, ct))
        {
            await StoreAsync(batch.Records, tally, new WriteMode(index.IsOn, options.KeepAuthors), ct);
            await index.StoredAsync(ct);
            progress?.Report(new ImportProgress(tally.Read, batch.BytesRead, input.CanSeek ? input.Length : null));
        }

        return tally.Report();
    }

    /// <summary>The file as it would be imported for the viewer, to be looked at. It is refused as an import is.</summary>
    public async Task<AnnotationFile> OpenAsync(Viewer viewer, Stream input, ImportOptions options, CancellationToken ct)
    {
        var self = viewer.IsOperator ? null : (await people.FindAsync(viewer.RequirePerson(), ct)).Userid;
        return await AnnotationFile.OpenAsync(input, options.For(viewer, self), clock.GetUtcNow(), ct);
    }

    // The next batch is read while the last one is stored.
    private async IAsyncEnumerable<Batch> BatchesAsync(
        AnnotationFile file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var records = file.RecordsAsync(ct).GetAsyncEnumerator(ct);
        var next = NextAsync(file, records);
        try
        {
            while (await next is { Records.Count: > 0 } batch)
            {
                next = Task.Run(() => NextAsync(file, records), ct);
                yield return batch;
            }
        }
        finally
        {
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Batch> NextAsync(AnnotationFile file, IAsyncEnumerator<ImportRecord> records)
    {
        var batch = new List<ImportRecord>(BatchRecords);
        var size = 0L;
        while (batch.Count < BatchRecords && size < BatchBytes && await records.MoveNextAsync())
        {
            batch.Add(records.Current);
            size += records.Current.Size;
        }

        return new Batch(batch, file.BytesRead);
    }

    private async Task StoreAsync(List<ImportRecord> records, ImportTally tally, WriteMode mode, CancellationToken ct)
    {
        foreach (var refused in records.Where(r => r.Draft is null))
            tally.Refuse(refused.Number, refused.Refusal!);
        var read = records.Where(r => r.Draft is not null).ToList();
        if (read.Count > 0)
            await WriteAsync(read, tally, mode, ct);
    }

    // Drafts that pass DraftRules can be stored. Should the store refuse a batch all the same, it is halved down to the record.
    private async Task WriteAsync(List<ImportRecord> records, ImportTally tally, WriteMode mode, CancellationToken ct)
    {
        try
        {
            var outcomes = await writer.WriteAsync(records.ConvertAll(r => r.Draft!), ct, mode);
            for (var i = 0; i < outcomes.Count; i++)
            {
                if (outcomes[i].Refusal is { } refusal)
                    tally.Refuse(records[i].Number, refusal.Message);
                else
                    tally.Store(outcomes[i].IsNew);
            }
        }
        catch (Exception e) when (records.Count == 1 && RefusedByStore(e) is { } reason)
        {
            tally.Refuse(records[0].Number, reason);
        }
        catch (Exception e) when (RefusedByStore(e) is not null)
        {
            await WriteAsync(records[..(records.Count / 2)], tally, mode, ct);
            await WriteAsync(records[(records.Count / 2)..], tally, mode, ct);
        }
    }

    // In the SQLSTATE classes 22 (data), 23 (integrity) and 54 (limits) the values are at fault, in all others the server.
    private static string? RefusedByStore(Exception e) => ((e as DbUpdateException)?.InnerException ?? e) switch
    {
        PostgresException refusal when refusal.SqlState[..2] is "22" or "23" or "54" => refusal.MessageText,
        EncoderFallbackException => "half a surrogate pair",
        _ => null,
    };

    private sealed record Batch(List<ImportRecord> Records, long BytesRead);
}
