using System.Diagnostics;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Placement = Annotator.Domain.Passages.Placement;

namespace Annotator.Domain.Reading;

/// <summary>Finds where the passages of a source stand in a snapshot of it, and keeps that in <c>passage_place</c>.</summary>
public sealed class PassagePlacer(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>Time for anchoring during one page view, after the first passage; the rest is anchored by the next views.</summary>
    public static readonly TimeSpan TimeBudget = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Locks, one for each snapshot (by its hash), so that of readers who open it at the same time only one computes.
    /// </summary>
    private static readonly SemaphoreSlim[] Turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The places of the passages by their ids; those that are not stored yet are computed now, within the time budget.</summary>
    internal static async Task<Dictionary<Guid, PassagePlace>> PlacesAsync(
        AnnotatorDb db, Snapshot snapshot, IReadOnlyList<Passage> passages, TimeSpan budget, CancellationToken ct)
    {
        var places = await StoredAsync(db, snapshot, ct);
        if (passages.All(p => places.ContainsKey(p.Id)))
            return places;
        var turn = Turns[(uint)snapshot.Id.GetHashCode() % Turns.Length];
        await turn.WaitAsync(ct);
        try
        {
            // The reader who held the lock before has stored most of them.
            places = await StoredAsync(db, snapshot, ct);
            var found = Find(snapshot, passages.Where(p => !places.ContainsKey(p.Id)), budget, ct);
            if (found.Count > 0)
                await KeepAsync(db, found, ct);
            foreach (var place in found)
                places[place.PassageId] = place;
            // A change of the source, so that open pages, this one too, ask for the commentary again. That goes on with the rest.
            var rest = passages.Where(p => !places.ContainsKey(p.Id)).Select(p => (p.Id, ChangeKind.Placement));
            await ChangeLog.AddAsync(db, await ChangeRecorder.OfPassagesAsync(db, rest, ct), ct);
            return places;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// Sets where a passage stands, when it was not found or found wrongly. Who has written about the passage may do that.
    /// </summary>
    /// <param name="quote">The words that stand there; its positions decide where they stand more than once. Null: it is about the whole source.</param>
    /// <returns>The source.</returns>
    /// <exception cref="Forbidden">The viewer has written nothing about the passage.</exception>
    /// <exception cref="Invalid">The words do not stand in the snapshot.</exception>
    /// <exception cref="NotFound">The viewer does not see the snapshot, or it is of another source.</exception>
    public async Task<Guid> PlaceAsync(Viewer viewer, Guid passageId, Guid snapshotId, Quote? quote, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        var passage = await db.Passages.AsNoTracking().FirstOrDefaultAsync(p => p.Id == passageId, ct) ?? throw new NotFound("passage");
        var snapshot = await db.Snapshots.VisibleTo(viewer).AsNoTracking().FirstOrDefaultAsync(s => s.Id == snapshotId && s.SourceId == passage.SourceId, ct)
            ?? throw new NotFound("snapshot");
        var owners = await db.Annotations.VisibleTo(viewer).Where(a => a.PassageId == passageId && a.AuthorId == person).Select(a => a.AuthorId).Take(1).ToListAsync(ct);
        viewer.Require(Permissions.PlacePassage, new Standing { OwnerId = owners.Count > 0 ? owners[0] : null });
        var placement = quote is null ? Placement.OfWholeSource : Placed(SnapshotText.Of(snapshot.Text), passage, quote);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Makes sure that there is a row to change, also when two people place the passage for the first time at once.
        await KeepAsync(db, [PassagePlace.Of(passageId, snapshotId, Placement.Unplaced)], ct);
        var place = await db.PassagePlaces.FirstOrDefaultAsync(p => p.PassageId == passageId && p.SnapshotId == snapshotId, ct) ?? throw new NotFound("passage");
        place.Move(placement);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return passage.SourceId;
    }

    private static Task<Dictionary<Guid, PassagePlace>> StoredAsync(AnnotatorDb db, Snapshot snapshot, CancellationToken ct) =>
        db.PassagePlaces.AsNoTracking().Where(p => p.SnapshotId == snapshot.Id).ToDictionaryAsync(p => p.PassageId, ct);

    private static List<PassagePlace> Find(Snapshot snapshot, IEnumerable<Passage> passages, TimeSpan budget, CancellationToken ct)
    {
        var text = SnapshotText.Of(snapshot.Text);
        var start = Stopwatch.GetTimestamp();
        var found = new List<PassagePlace>();
        foreach (var passage in passages)
        {
            ct.ThrowIfCancellationRequested();
            if (found.Count > 0 && Stopwatch.GetElapsedTime(start) >= budget)
                break;
            found.Add(PassagePlace.Of(passage.Id, snapshot.Id, Anchor.Find(passage.Quote, text)));
        }

        return found;
    }

    private static Placement Placed(SnapshotText text, Passage passage, Quote quote)
    {
        var there = text.Confirmed(quote) ?? throw new Invalid("quote", "not_in_the_text");
        var isSame = string.Equals(Quote.Words(there.Exact), Quote.Words(passage.Quote.Exact), StringComparison.Ordinal);
        return new Placement(isSame ? PlacementKind.Exact : PlacementKind.Changed, there.Start!.Value, there.End!.Value, 1, there.Exact);
    }

    // Conflicts are ignored: two readers who compute a place at the same time get the same result.
    private static Task<int> KeepAsync(AnnotatorDb db, List<PassagePlace> found, CancellationToken ct)
    {
        var (passages, kinds) = (found.ConvertAll(p => p.PassageId), found.ConvertAll(p => (int)p.Kind));
        var (starts, ends) = (found.ConvertAll(p => p.Start), found.ConvertAll(p => p.End));
        var (confidences, texts) = (found.ConvertAll(p => p.Confidence), found.ConvertAll(p => p.Text));
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into passage_place (snapshot_id, passage_id, kind, position_start, position_end, confidence, text)
            select {found[0].SnapshotId}, f.* from unnest({passages}, {kinds}, {starts}, {ends}, {confidences}, {texts}) f (passage, kind, s, e, c, t)
            where exists (select from passage p where p.id = f.passage)
            on conflict do nothing
            """,
            ct
        );
    }
}
