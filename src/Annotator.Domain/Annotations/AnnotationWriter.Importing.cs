using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Annotations;

public sealed partial class AnnotationWriter
{
    /// <summary>So many transactions at once: while one waits for PostgreSQL, another computes.</summary>
    private const int Lanes = 2;

    /// <summary>Prepares the store for as many batches as come: tell it of each, and dispose it when all are written.</summary>
    internal CollectingIndex Collecting() => new(databases);

    /// <summary>Writes a batch with the authors and times it came with: in one transaction, or as one of many in two.</summary>
    /// <returns>One outcome per draft, in their order: stored, there already, or refused with the reason.</returns>
    public async Task<IReadOnlyList<WriteOutcome>> ImportAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct, WriteMode? writeMode = null)
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
            await AdmitAsync(places.ConvertAll(i => checkedDrafts[i]!), ct);
        await Task.WhenAll(places.GroupBy(i => mode.IsOneOfMany ? Lane(checkedDrafts[i]!) : 0).Select(lane => StoreLaneAsync([.. lane])));
        return outcomes;

        async Task StoreLaneAsync(List<int> lane)
        {
            var stored = await StoreAsync(lane.ConvertAll(i => checkedDrafts[i]!), author: null, mode, ct);
            for (var i = 0; i < stored.Count; i++)
                outcomes[lane[i]] = stored[i];
        }
    }

    // What is said about one source is stored in one lane, so that no two make the same source or passage.
    private static int Lane(AnnotationDraft draft) =>
        draft.Source?.Uri is { } uri ? SourceUri.KeyOf(uri).GetHashCode() & (Lanes - 1) : 0;

    // People and groups are in both lanes: they come first.
    private Task<int> AdmitAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct) => AgainstOthersAsync(async () =>
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await new Intake(db, detector, clock.GetUtcNow(), makesGroups: true).AdmitAsync(drafts, ct);
    }, ct);
}
