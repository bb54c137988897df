using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>Gives stored addresses the keys of the present normal forms. Goes into the transaction of the caller.</summary>
internal sealed class AddressRenewal(AnnotatorDb db, DateTimeOffset now)
{
    private readonly SourceMerging _merging = new(db, now);
    private readonly Dictionary<Guid, Guid> _owners = [];
    private readonly Dictionary<Guid, Guid> _mergedInto = [];
    private readonly List<string> _report = [];

    /// <returns>What was merged and parted, a line each.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        await ForgetCredentialsAsync(ct);
        var stored = await db.SourceUris.AsNoTracking().OrderBy(u => u.SourceId).ThenBy(u => u.Uri).ToListAsync(ct);
        var renewed = stored.Where(u => SourceUri.KeyOf(u.Uri) != u.Key).ToList();
        // All old keys go first: the new key of one address may be the old key of another.
        var old = renewed.ConvertAll(u => u.Key);
        await db.SourceUris.Where(u => old.Contains(u.Key)).ExecuteDeleteAsync(ct);
        foreach (var uri in stored.Except(renewed))
            _owners[uri.Key] = uri.SourceId;
        foreach (var uri in renewed)
            await RenewAsync(uri, ct);
        await db.SourceUris.ExecuteUpdateAsync(set => set.SetProperty(u => u.Version, UriNormalizer.Version), ct);
        await ClaimAsync(ct);
        await PartAsync(ct);
        await NameAsync(ct);
        return _report;
    }

    // Names and passwords in addresses that were stored with them. What else is known of these addresses is renewed after it.
    private async Task ForgetCredentialsAsync(CancellationToken ct)
    {
        // As UriNormalizer.WithoutCredentials has it.
        const string with = @"^(\s*(?:https://via\.hypothes\.is/)?[A-Za-z][A-Za-z0-9+.-]*://)[^/?#\\]*@";
        await db.Database.ExecuteSqlAsync(
            $"""
            update annotation set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            update revision set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            update annotation_target set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            update snapshot set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            update former_id set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            update uri_claim set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            update source_uri set uri = regexp_replace(uri, {with}, '\1') where uri ~ {with};
            """, ct);
        foreach (var source in await db.Sources.Include(s => s.SearchEntry)
            .Where(s => !s.TitleGiven && EF.Functions.Like(s.Title, "%://%@%"))
            .ToListAsync(ct))
        {
            source.ForgetCredentials();
            source.Index(now);
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private async Task RenewAsync(SourceUri uri, CancellationToken ct)
    {
        var source = Present(uri.SourceId);
        var next = uri.Renewed(source);
        if (_owners.TryAdd(next.Key, source))
        {
            db.SourceUris.Add(next);
            await db.SaveChangesAsync(ct);
        }
        else if (Present(_owners[next.Key]) is var owner && owner != source)
        {
            await MergeAsync(source, owner, uri.Uri, ct);
        }

        db.ChangeTracker.Clear();
    }

    // The older one stays: more links lead to it.
    private async Task MergeAsync(Guid one, Guid other, string uri, CancellationToken ct)
    {
        var (from, into) = one.CompareTo(other) > 0 ? (one, other) : (other, one);
        await _merging.MergeAsync(from, into, ct);
        _mergedInto[from] = into;
        _report.Add($"merged source {PublicId.Of(from)} into {PublicId.Of(into)}: both are {uri}");
        db.ChangeTracker.Clear();
    }

    // A claim is found by the keys of its two addresses.
    private async Task ClaimAsync(CancellationToken ct)
    {
        var stored = await db.UriClaims.AsNoTracking()
            .Join(
                db.Annotations.Where(a => a.Uri != null),
                c => c.AnnotationId,
                a => a.Id,
                (claim, a) => new { Claim = claim, Claimant = a.Uri! })
            .ToListAsync(ct);
        var renewed = stored.ConvertAll(s => (Old: s.Claim, New: s.Claim.Renewed(s.Claimant)))
            .FindAll(c => c.Old.Key != c.New.Key || c.Old.ClaimantKey != c.New.ClaimantKey);
        db.UriClaims.RemoveRange(renewed.Select(c => c.Old));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        // Two claims may be the same now, or say that an address is itself.
        var kept = stored.Select(s => s.Claim).Except(renewed.Select(c => c.Old)).Select(c => (c.AnnotationId, c.Key, c.Kind)).ToHashSet();
        db.UriClaims.AddRange(renewed.Select(c => c.New).Where(c => c.Key != c.ClaimantKey && kept.Add((c.AnnotationId, c.Key, c.Kind))));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    // Annotations that stand under an address of their own, which is none of their source's.
    private async Task PartAsync(CancellationToken ct)
    {
        var odd =
            await db.Annotations.Where(a => a.Uri != null
                && a.RootId == null
                && !db.SourceUris.Any(u => u.SourceId == a.SourceId && u.Uri == a.Uri))
                .Select(a => new { a.SourceId, Uri = a.Uri! }).Distinct().ToListAsync(ct);
        var pages = odd.Select(a => (a.SourceId, a.Uri, Key: SourceUri.KeyOf(a.Uri)))
            .Where(a => Present(_owners.GetValueOrDefault(a.Key)) != a.SourceId)
            .OrderBy(a => a.SourceId).ThenBy(a => a.Uri, StringComparer.Ordinal)
            .DistinctBy(a => (a.SourceId, a.Key));
        foreach (var (sourceId, uri, key) in pages)
        {
            if (await _merging.PartAsync(sourceId, new HashSet<Guid> { key }, ct) is not { } parted)
                continue;
            _report.Add($"parted source {PublicId.Of(parted.Id)} from {PublicId.Of(sourceId)}: {uri} is another page");
            db.ChangeTracker.Clear();
            if (!_owners.TryAdd(key, parted.Id))
                await MergeAsync(parted.Id, Present(_owners[key]), uri, ct);
        }
    }

    // Sources whose title was given privately, in a store of before: others know them by their address.
    private async Task NameAsync(CancellationToken ct)
    {
        foreach (var source in await db.Sources.Include(s => s.Uris)
            .Include(s => s.SearchEntry)
            .Where(s => s.Title == "" && s.Uris.Count > 0)
            .ToListAsync(ct))
        {
            source.CallByAddress();
            source.Index(now);
        }

        await db.SaveChangesAsync(ct);
    }

    private Guid Present(Guid source)
    {
        while (_mergedInto.TryGetValue(source, out var into))
            source = into;
        return source;
    }
}
