using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Decides which addresses are one source: by hand, by what people claim, and anew when the normal forms change.</summary>
public sealed class SourceAddresses(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    /// <summary>Makes two sources one. Links to the first lead to the other then.</summary>
    /// <param name="from">Public id or an address.</param>
    /// <param name="into">Public id or an address.</param>
    /// <returns>The source that has everything now.</returns>
    /// <exception cref="Forbidden">The viewer does not run the installation.</exception>
    /// <exception cref="Missing">One of the two is not there.</exception>
    public async Task<Guid> MergeAsync(Viewer viewer, string from, string into, CancellationToken ct)
    {
        viewer.Require(Permissions.JoinSources, Standing.Anywhere);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (gone, kept) = (await FindAsync(db, from, ct), await FindAsync(db, into, ct));
        if (gone == kept)
            return kept;
        await new SourceMerging(db, clock.GetUtcNow()).MergeAsync(gone, kept, ct);
        await transaction.CommitAsync(ct);
        return kept;
    }

    /// <summary>Gives some addresses of a source a source of their own, with what was written under them.</summary>
    /// <param name="source">Public id or an address.</param>
    /// <returns>The new source.</returns>
    /// <exception cref="Forbidden">The viewer does not run the installation.</exception>
    /// <exception cref="Missing">The source or an address of it is not there.</exception>
    public async Task<Guid> PartAsync(Viewer viewer, string source, IReadOnlyList<string> uris, CancellationToken ct)
    {
        viewer.Require(Permissions.JoinSources, Standing.Anywhere);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var parted = await new SourceMerging(db, clock.GetUtcNow()).PartAsync(
            await FindAsync(db, source, ct), uris.Select(SourceUri.KeyOf).ToHashSet(), ct)
            ?? throw new Missing("uri");
        await transaction.CommitAsync(ct);
        return parted.Id;
    }

    /// <summary>The source that the operator names, also one that was removed and is kept.</summary>
    /// <param name="source">Public id or an address.</param>
    /// <exception cref="Forbidden">The viewer does not run the installation.</exception>
    /// <exception cref="Missing">The source is not there.</exception>
    public async Task<Guid> NamedAsync(Viewer viewer, string source, CancellationToken ct)
    {
        viewer.Require(Permissions.JoinSources, Standing.Anywhere);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await FindAsync(db, source, ct);
    }

    /// <summary>
    /// Compares stored addresses by the present normal forms (<see cref="UriNormalizer.Version"/>): sources that are one now are
    /// merged, annotations whose address is another page now are parted. Does nothing when it is done; stopped, it begins again.
    /// </summary>
    /// <returns>What was merged and parted, a line each.</returns>
    public async Task<IReadOnlyList<string>> RenewAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.SourceUris.AnyAsync(u => u.Version != UriNormalizer.Version, ct))
            return [];
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var report = await new AddressRenewal(db, clock.GetUtcNow()).RunAsync(ct);
        await transaction.CommitAsync(ct);
        return report;
    }

    /// <summary>Replaces the claims of an annotation that moves: those of the address it leaves do not hold for its new one.</summary>
    internal async Task ClaimAsync(AnnotatorDb db, Annotation annotation, Citation cited, CancellationToken ct)
    {
        var before = await db.UriClaims.AsNoTracking().Where(c => c.AnnotationId == annotation.Id).ToListAsync(ct);
        var address = cited.Uri is null ? Guid.Empty : SourceUri.KeyOf(cited.Uri);
        if (cited.Claims.Count == 0 && before.TrueForAll(c => c.ClaimantKey == address))
            return;
        // At once: the same claim may be among the new ones.
        await db.UriClaims.Where(c => c.AnnotationId == annotation.Id).ExecuteDeleteAsync(ct);
        db.UriClaims.AddRange(UriClaim.Of(cited, annotation.Id, annotation.AuthorId, clock.GetUtcNow()));
    }

    /// <summary>Joins sources by what the annotations claim (docs/decisions/009).</summary>
    /// <param name="annotations">Ids of what was just written or shared.</param>
    /// <returns>How many claims were looked at.</returns>
    internal async Task<int> SettleAsync(IReadOnlyList<Guid> annotations, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var claims = await db.UriClaims.AsNoTracking().Where(c => annotations.Contains(c.AnnotationId))
            .Where(c =>
                db.Annotations.Any(a => a.Id == c.AnnotationId && a.Shared && a.Group!.Kind != GroupKind.Private && a.Deleted == null))
            .ToListAsync(ct);
        foreach (var claim in claims.Where(c => new ClaimedUri(c.Uri, c.Kind).IsIdentifier)
            .DistinctBy(c => (c.ClaimantKey, c.Key, c.PersonId)))
        {
            await SettleAsync(db, claim, ct);
        }
        return claims.Count;
    }

    private async Task SettleAsync(AnnotatorDb db, UriClaim claim, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var owners = await db.SourceUris.Where(u => u.Key == claim.ClaimantKey || u.Key == claim.Key)
            .ToDictionaryAsync(u => u.Key, u => u.SourceId, ct);
        if (!owners.TryGetValue(claim.ClaimantKey, out var claimant)
            || owners.GetValueOrDefault(claim.Key) == claimant
            || !await IsCredibleAsync(db, claim, claimant, ct))
        {
            return;
        }
        if (!owners.TryGetValue(claim.Key, out var other))
        {
            db.SourceUris.Add(SourceUri.Of(claimant, claim.Uri, isPublic: true, clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
        }
        else
        {
            var (from, into) = claimant.CompareTo(other) > 0 ? (claimant, other) : (other, claimant);
            await new SourceMerging(db, clock.GetUtcNow()).MergeAsync(from, into, ct);
        }

        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
    }

    // A claim never moves what others wrote: either all annotations there are the claimant's own, or another person makes the same
    // claim.
    private static async Task<bool> IsCredibleAsync(AnnotatorDb db, UriClaim claim, Guid claimant, CancellationToken ct) =>
        (!await db.Annotations.AnyAsync(a => a.SourceId == claimant && a.AuthorId != claim.PersonId, ct)
            && !await db.Snapshots.AnyAsync(s => s.SourceId == claimant && s.AddedById != claim.PersonId, ct))
        || await db.UriClaims.AnyAsync(c => c.ClaimantKey == claim.ClaimantKey && c.Key == claim.Key && c.PersonId != claim.PersonId
            && db.Annotations.Any(a => a.Id == c.AnnotationId && a.Shared && a.Group!.Kind != GroupKind.Private && a.Deleted == null), ct);

    private static async Task<Guid> FindAsync(AnnotatorDb db, string name, CancellationToken ct)
    {
        if (PublicId.TryParse(name, out var id)
            && await db.PresentSourceIdAsync(id, ct) is var present
            && await db.Sources.AnyAsync(s => s.Id == present, ct))
        {
            return present;
        }

        var key = SourceUri.KeyOf(name);
        return await db.SourceUris.Where(u => u.Key == key).Select(u => (Guid?)u.SourceId).FirstOrDefaultAsync(ct)
            ?? throw new Missing("source");
    }
}
