using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Writes annotations that come many at once, from files, with the authors and times they came with.</summary>
public sealed class BatchWriter(
    IDbContextFactory<AnnotatorDb> databases, LanguageDetector detector, SourceAddresses addresses, TimeProvider clock)
{
    /// <summary>
    /// Transactions per batch that run side by side, so that computing one half overlaps with copying the other. A power of two
    /// (<see cref="Lane"/>).
    /// </summary>
    private const int ConcurrentTransactions = 2;

    /// <summary>The index mode for many batches: the caller announces each batch to it, and disposes it after the last.</summary>
    internal BulkIndexMode BulkIndex() => new(databases);

    /// <summary>Writes a batch with the authors and times it came with: in one transaction, or as one of many in two.</summary>
    /// <returns>One outcome per draft, in their order: stored, there already, or refused with the reason.</returns>
    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct, WriteMode? writeMode = null)
    {
        var mode = writeMode ?? new WriteMode();
        var outcomes = new WriteOutcome[drafts.Count];
        var checkedDrafts = new AnnotationDraft?[drafts.Count];
        Parallel.For(0, drafts.Count, i =>
        {
            try
            {
                checkedDrafts[i] = DraftRules.Checked(drafts[i]);
            }
            catch (Refusal refusal)
            {
                outcomes[i] = WriteOutcome.RefusedBecause(refusal);
            }
        });
        var places = Enumerable.Range(0, drafts.Count).Where(i => checkedDrafts[i] is not null).ToList();
        if (mode is { IsOneOfMany: true, MakesGroups: true })
            await EnsurePeopleAndGroupsAsync(places.ConvertAll(i => checkedDrafts[i]!), ct);
        var owners = mode.IsOneOfMany ? await OwnersAsync(places.ConvertAll(i => checkedDrafts[i]!), ct) : [];
        await Task.WhenAll(
            places.GroupBy(i => mode.IsOneOfMany ? Lane(checkedDrafts[i]!, owners) : 0).Select(lane => StoreLaneAsync([.. lane])));
        await SettleAsync([.. places.Where(i => outcomes[i].IsNew).Select(i => checkedDrafts[i]!)], ct);
        return outcomes;

        async Task StoreLaneAsync(List<int> lane)
        {
            var stored = await StoreAsync(lane.ConvertAll(i => checkedDrafts[i]!), mode, ct);
            for (var i = 0; i < stored.Count; i++)
                outcomes[lane[i]] = stored[i];
        }
    }

    // All annotations of one source go into the same transaction, so that no two make the same source or passage.
    private static int Lane(AnnotationDraft draft, Dictionary<Guid, Guid> owners)
    {
        var source = draft.SourceId
            ?? (draft.Source?.Uri is { } uri && SourceUri.KeyOf(uri) is var key ? owners.GetValueOrDefault(key, key) : Guid.Empty);
        return source.GetHashCode() & (ConcurrentTransactions - 1);
    }

    // The source of each known address: a source can have several.
    private async Task<Dictionary<Guid, Guid>> OwnersAsync(List<AnnotationDraft> drafts, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var keys = drafts.Select(d => d.Source?.Uri).OfType<string>().Select(SourceUri.KeyOf).Distinct().ToArray();
        return await db.SourceUris.Where(u => keys.Contains(u.Key)).ToDictionaryAsync(u => u.Key, u => u.SourceId, ct);
    }

    // People and groups are in both lanes: they come first.
    private Task<int> EnsurePeopleAndGroupsAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct) =>
        clock.AgainstOthersAsync(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await new BatchPeople(db, clock.GetUtcNow(), makesGroups: true).EnsureAsync(drafts, ct);
        }, ct);

    private Task<IReadOnlyList<WriteOutcome>> StoreAsync(IReadOnlyList<AnnotationDraft> drafts, WriteMode mode, CancellationToken ct) =>
        clock.AgainstOthersAsync(() => StoreOnceAsync(drafts, mode, ct), ct);

    private async Task<IReadOnlyList<WriteOutcome>> StoreOnceAsync(
        IReadOnlyList<AnnotationDraft> drafts, WriteMode mode, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var batch = new AnnotationBatch(db, detector, clock.GetUtcNow(), mode.MakesGroups);
        await batch.LoadAsync(drafts, ct);
        var outcomes = new List<WriteOutcome>(drafts.Count);
        foreach (var draft in drafts)
        {
            if (batch.Knows(draft.Id))
            {
                outcomes.Add(WriteOutcome.ThereAlready);
                continue;
            }

            try
            {
                batch.Add(draft);
                outcomes.Add(WriteOutcome.Stored);
            }
            catch (Refusal refusal)
            {
                outcomes.Add(WriteOutcome.RefusedBecause(refusal));
            }
        }

        await batch.SaveAsync(mode.IsOneOfMany, ct);
        return outcomes;
    }

    // Claims join sources when all of them are stored: a lane must not wait for another.
    private async Task SettleAsync(IReadOnlyList<AnnotationDraft> stored, CancellationToken ct)
    {
        var claiming = stored.Where(d => d.Shared && d.Source is { Claims.Count: > 0 }).Select(d => d.Id).ToList();
        if (claiming.Count > 0)
            await clock.AgainstOthersAsync(() => addresses.SettleAsync(claiming, ct), ct);
    }
}

/// <summary>How a batch is written.</summary>
/// <param name="IsOneOfMany">
/// Whether other batches follow at once: then PostgreSQL need not wait for the disk after each (<see cref="BulkIndexMode"/>).
/// </param>
/// <param name="MakesGroups">
/// Whether groups that are not there are made, and authors become members of the groups they write in:
/// <see cref="Permissions.ImportForOthers"/>.
/// Otherwise what is written in a group that its author may not write in is refused.
/// </param>
public sealed record WriteMode(bool IsOneOfMany = false, bool MakesGroups = false);

/// <summary>What became of one draft of a batch.</summary>
/// <param name="Refusal">Why it was not stored; null when it is in the store.</param>
/// <param name="IsNew">False when it was there already.</param>
public sealed record WriteOutcome(Refusal? Refusal, bool IsNew)
{
    public static WriteOutcome Stored { get; } = new(null, true);
    public static WriteOutcome ThereAlready { get; } = new(null, false);

    /// <summary>The draft was not stored.</summary>
    public static WriteOutcome RefusedBecause(Refusal refusal) => new(refusal, false);
}
