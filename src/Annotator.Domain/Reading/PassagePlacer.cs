using System.Diagnostics;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Placement = Annotator.Domain.Passages.Placement;

namespace Annotator.Domain.Reading;

/// <summary>Knows where the passages of a source stand in a snapshot of it.</summary>
public sealed class PassagePlacer(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>Passages that are not found in this time wait for the next reader.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The places of the passages, found now where nobody has looked yet.</summary>
    internal static async Task<Dictionary<Guid, PassagePlace>> PlacesAsync(AnnotatorDb db, Snapshot snapshot, IReadOnlyList<Passage> passages, CancellationToken ct)
    {
        var places = await db.PassagePlaces.AsNoTracking().Where(p => p.SnapshotId == snapshot.Id).ToDictionaryAsync(p => p.PassageId, ct);
        var text = SnapshotText.Of(snapshot.Text);
        var start = Stopwatch.GetTimestamp();
        var found = passages.Where(p => !places.ContainsKey(p.Id)).TakeWhile(_ => Stopwatch.GetElapsedTime(start) < Patience)
            .Select(p => PassagePlace.Of(p.Id, snapshot.Id, Anchor.Find(p.Quote, text))).ToList();
        if (found.Count == 0)
            return places;
        await KeepAsync(db, found, ct);
        foreach (var place in found)
            places[place.PassageId] = place;
        return places;
    }

    /// <summary>Says where a passage stands, after it was not found or found wrongly. Whoever wrote about it may do that.</summary>
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
        var place = await db.PassagePlaces.FirstOrDefaultAsync(p => p.PassageId == passageId && p.SnapshotId == snapshotId, ct);
        if (place is null)
            db.PassagePlaces.Add(PassagePlace.Of(passageId, snapshotId, placement));
        else
            place.Move(placement);
        await db.SaveChangesAsync(ct);
        return passage.SourceId;
    }

    private static Placement Placed(SnapshotText text, Passage passage, Quote quote)
    {
        var there = text.Confirmed(quote) ?? throw new Invalid("quote", "not_in_the_text");
        var isSame = string.Equals(Quote.Words(there.Exact), Quote.Words(passage.Quote.Exact), StringComparison.Ordinal);
        return new Placement(isSame ? PlacementKind.Exact : PlacementKind.Changed, there.Start!.Value, there.End!.Value, 1, there.Exact);
    }

    // Two readers may look at the same moment; both find the same.
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
