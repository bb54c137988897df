using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Gives a source the addresses that somebody says it has. Goes into the transaction of the caller.</summary>
internal sealed class AddressCorrection(AnnotatorDb db, DateTimeOffset now)
{
    /// <summary>
    /// Replaces the addresses that everybody knows; those that came privately stay. What was written under one that goes is under the
    /// main one from now on: else it would be parted from the source when addresses are compared anew.
    /// </summary>
    /// <param name="source">With its addresses, tracked.</param>
    /// <param name="given">Checked, the main one first, none twice.</param>
    /// <exception cref="Invalid">The viewer sees another source that has one of the addresses.</exception>
    public async Task ReplaceAsync(Viewer viewer, Source source, IReadOnlyList<string> given, CancellationToken ct)
    {
        var keys = given.Select(SourceUri.KeyOf).ToHashSet();
        var gone = source.Uris.FindAll(u => u.IsPublic && !keys.Contains(u.Key));
        gone.ForEach(u => source.Uris.Remove(u));
        var ordered = new List<SourceUri>();
        foreach (var uri in given)
            ordered.Add(await OwnAsync(viewer, source, uri, isPublic: true, ct));
        // The first of them is the one that is shown: it takes the earliest time.
        foreach (var (uri, added) in ordered.Zip(ordered.Select(u => u.Added).Order().ToList()).ToList())
            uri.Move(added);
        await db.SaveChangesAsync(ct);
        await LeadAsync(source.Id, gone.ConvertAll(u => u.Key), given.Count == 0 ? null : given[0], ct);
    }

    /// <summary>
    /// Replaces the address in what the viewer wrote and added on a source of which others know no address. The address itself stays
    /// with the source while somebody else came with it.
    /// </summary>
    /// <param name="source">As for <see cref="ReplaceAsync"/>.</param>
    /// <param name="known">The address that the viewer sees; null for none.</param>
    /// <param name="given">Null for none.</param>
    /// <exception cref="Invalid">The viewer sees another source that has the address.</exception>
    public async Task CiteAsync(Viewer viewer, Source source, string? known, string? given, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        if (given is not null)
            await OwnAsync(viewer, source, given, isPublic: false, ct);
        await db.SaveChangesAsync(ct);
        await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == source.Id && a.AuthorId == person && a.Uri == known)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Uri, given), ct);
        await db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == source.Id && s.AddedById == person && s.Uri == known)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Uri, given), ct);
        var keys = (await NamedAsync(source.Id, ct)).Select(SourceUri.KeyOf).ToHashSet();
        foreach (var gone in source.Uris.Where(u => !u.IsPublic && !keys.Contains(u.Key)).ToList())
            source.Uris.Remove(gone);
        source.CallByAddress();
    }

    // Claims of an address that goes do not hold for another.
    private async Task LeadAsync(Guid sourceId, List<Guid> gone, string? main, CancellationToken ct)
    {
        if (gone.Count == 0)
            return;
        var uris = (await NamedAsync(sourceId, ct)).FindAll(u => gone.Contains(SourceUri.KeyOf(u)));
        await db.UriClaims.Where(c => gone.Contains(c.ClaimantKey)).ExecuteDeleteAsync(ct);
        await db.Annotations.Where(a => a.SourceId == sourceId && uris.Contains(a.Uri!))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Uri, main), ct);
        await db.Snapshots.Where(s => s.SourceId == sourceId && uris.Contains(s.Uri!))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Uri, main), ct);
    }

    private Task<List<string>> NamedAsync(Guid sourceId, CancellationToken ct) =>
        db.Annotations.Where(a => a.SourceId == sourceId && a.Uri != null).Select(a => a.Uri!)
            .Union(db.Snapshots.Where(s => s.SourceId == sourceId && s.Uri != null).Select(s => s.Uri!)).ToListAsync(ct);

    /// <summary>
    /// The address as one of the source. A source that the viewer does not see and that has it becomes a part of this one, as if it had
    /// had the address from the beginning: a refusal would tell that somebody keeps private notes there.
    /// </summary>
    private async Task<SourceUri> OwnAsync(Viewer viewer, Source source, string uri, bool isPublic, CancellationToken ct)
    {
        var key = SourceUri.KeyOf(uri);
        var owner = await db.SourceUris.Where(u => u.Key == key && u.SourceId != source.Id)
            .Select(u => (Guid?)u.SourceId)
            .FirstOrDefaultAsync(ct);
        if (owner is { } other)
        {
            if (await db.SourcesVisibleTo(viewer).AnyAsync(s => s.Id == other, ct))
                throw new Invalid("uri", "taken_by_source");
            await new SourceMerging(db, now).MergeAsync(other, source.Id, ct);
            await db.SourceUris.Where(u => u.SourceId == source.Id).LoadAsync(ct);
        }
        if (source.Uris.Find(u => u.Key == key) is { } own)
        {
            if (isPublic)
                own.Publish(uri);
            return own;
        }

        var added = SourceUri.Of(source.Id, uri, isPublic, now.AddMicroseconds(source.Uris.Count));
        db.SourceUris.Add(added);
        source.Uris.Add(added);
        return added;
    }
}
