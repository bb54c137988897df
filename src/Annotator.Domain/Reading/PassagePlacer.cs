using System.Diagnostics;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>
    /// The places of the passages by their ids; those that are not stored yet are computed now, within the time budget. What is stored
    /// is for all readers of the text, so it is computed from what everybody knows of a passage. For a viewer who knows the private
    /// context of a passage, a place that the words alone do not tell is computed with it, and not stored.
    /// </summary>
    /// <param name="passages">As the viewer knows them (<see cref="Passage.WithoutContext"/>).</param>
    internal static async Task<Dictionary<Guid, PassagePlace>> PlacesAsync(
        AnnotatorDb db, Snapshot snapshot, IReadOnlyList<Passage> passages, TimeSpan budget, CancellationToken ct)
    {
        var places = await SharedPlacesAsync(db, snapshot, passages, budget, ct);
        // A place that a person has said has the confidence 1.
        var unclear = passages
            .Where(p => p.HasPrivateContext && places.GetValueOrDefault(p.Id) is { Kind: not PlacementKind.Exact, Confidence: < 1 })
            .ToList();
        if (unclear.Count > 0)
        {
            foreach (var place in Find(snapshot, unclear.Select(p => (p.Id, p.Quote)), budget, ct))
                places[place.PassageId] = place;
        }

        return places;
    }

    private static async Task<Dictionary<Guid, PassagePlace>> SharedPlacesAsync(
        AnnotatorDb db, Snapshot snapshot, IReadOnlyList<Passage> passages, TimeSpan budget, CancellationToken ct)
    {
        var places = await StoredAsync(db, snapshot, passages, ct);
        if (passages.All(p => places.ContainsKey(p.Id)))
            return places;
        var turn = Turns[(uint)snapshot.Id.GetHashCode() % Turns.Length];
        await turn.WaitAsync(ct);
        try
        {
            // The reader who held the lock before has stored most of them.
            places = await StoredAsync(db, snapshot, passages, ct);
            var found = Find(snapshot, passages.Where(p => !places.ContainsKey(p.Id)).Select(p => (p.Id, p.PublicQuote)), budget, ct);
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
    /// Whether somebody may say for all where a passage stands: who wrote about it, for those who are seen to write about it. A private
    /// note moves nothing that others speak of.
    /// </summary>
    /// <param name="about">The annotations on the passage that the person reads: whether they are their own, and whom they are for.</param>
    internal static bool MayPlace(IEnumerable<(bool IsMine, bool Shared, string GroupId)> about)
    {
        var (mine, others) = (about.Where(a => a.IsMine).ToList(), about.Where(a => !a.IsMine).ToList());
        return mine.Exists(m =>
            others.TrueForAll(o => m.Shared
                && (string.Equals(m.GroupId, Viewer.PublicGroup, StringComparison.Ordinal)
                    || string.Equals(m.GroupId, o.GroupId, StringComparison.Ordinal))));
    }

    /// <summary>
    /// Sets where a passage stands, when it was not found or found wrongly. Who may do that is said by <see cref="MayPlace"/>.
    /// </summary>
    /// <param name="quote">
    /// The words that stand there; its positions decide where they stand more than once. Null: it is about the whole source.
    /// </param>
    /// <returns>The source.</returns>
    /// <exception cref="Forbidden">The viewer has written nothing about the passage, or not for those who also wrote about it.</exception>
    /// <exception cref="Invalid">The words do not stand in the snapshot.</exception>
    /// <exception cref="Missing">The viewer does not see the snapshot, or it is of another source.</exception>
    public async Task<Guid> PlaceAsync(Viewer viewer, Guid passageId, Guid snapshotId, Quote? quote, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        var passage = await db.Passages.AsNoTracking().FirstOrDefaultAsync(p => p.Id == passageId, ct) ?? throw new Missing("passage");
        var snapshot = await db.Snapshots.VisibleTo(viewer)
            .AsNoTracking()
            .FirstOrDefaultAsync(s => s.Id == snapshotId && s.SourceId == passage.SourceId, ct)
            ?? throw new Missing("snapshot");
        var about = await db.Annotations.VisibleTo(viewer).Where(a => a.PassageId == passageId)
            .Select(a => new { IsMine = a.AuthorId == person, a.Shared, a.GroupId }).Distinct().ToListAsync(ct);
        viewer.Require(
            Permissions.PlacePassage,
            new Standing { OwnerId = MayPlace(about.Select(a => (a.IsMine, a.Shared, a.GroupId))) ? person : null });
        var placement = quote is null ? Placement.OfWholeSource : Placed(SnapshotText.Of(snapshot.Text), passage, quote);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Makes sure that there is a row to change, also when two people place the passage for the first time at once.
        await KeepAsync(db, [PassagePlace.Of(passageId, snapshotId, Placement.Unplaced)], ct);
        var place = await db.PassagePlaces.FirstOrDefaultAsync(p => p.PassageId == passageId && p.SnapshotId == snapshotId, ct)
            ?? throw new Missing("passage");
        place.Move(placement);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return passage.SourceId;
    }

    private static Task<Dictionary<Guid, PassagePlace>> StoredAsync(
        AnnotatorDb db, Snapshot snapshot, IReadOnlyList<Passage> passages, CancellationToken ct)
    {
        var wanted = passages.Select(p => p.Id).ToArray();
        return db.PassagePlaces.AsNoTracking().Where(p => p.SnapshotId == snapshot.Id && wanted.Contains(p.PassageId))
            .ToDictionaryAsync(p => p.PassageId, ct);
    }

    private static List<PassagePlace> Find(
        Snapshot snapshot, IEnumerable<(Guid Id, Quote Quote)> passages, TimeSpan budget, CancellationToken ct)
    {
        var text = SnapshotText.Of(snapshot.Text);
        var start = Stopwatch.GetTimestamp();
        var found = new List<PassagePlace>();
        foreach (var (id, quote) in passages)
        {
            ct.ThrowIfCancellationRequested();
            if (found.Count > 0 && Stopwatch.GetElapsedTime(start) >= budget)
                break;
            found.Add(PassagePlace.Of(id, snapshot.Id, Anchor.Find(quote, text)));
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
