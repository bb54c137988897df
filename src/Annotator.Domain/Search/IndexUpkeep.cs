using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Analysis;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>
/// Keeps the search index complete: adds missing entries, and rebuilds all of them when <see cref="Analyzer.Version"/> has changed.
/// Searches and writers go on meanwhile.
/// </summary>
public sealed partial class IndexUpkeep(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    private const int BatchSize = 2_000;

    /// <summary>Ends the bulk mode of the index (<see cref="BulkIndexMode"/>) that a killed import has left on.</summary>
    /// <returns>Whether that was so.</returns>
    public async Task<bool> ResetAsync(CancellationToken ct)
    {
        await using var index = new BulkIndexMode(databases);
        return await index.ResetAsync(ct);
    }

    /// <summary>Adds entries for annotations and sources that have none, e.g. rows written with <c>psql</c>.</summary>
    /// <returns>Number of entries added.</returns>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var swept = await SourcesAsync(db, db.Sources.Where(s => s.SearchEntry == null), ct);
        while (true)
        {
            var ids = await db.Annotations.Where(a => a.Deleted == null && a.SearchEntry == null)
                .OrderBy(a => a.Id)
                .Select(a => a.Id)
                .Take(BatchSize)
                .ToArrayAsync(ct);
            var entries = await EntriesAsync(db, ids, ct);
            if (entries.Count == 0)
                return swept;
            db.SearchEntries.AddRange(entries);
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            swept += entries.Count;
        }
    }

    /// <summary>Whether any entry was made by an older version of the analysis.</summary>
    public async Task<bool> IsOutdatedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.SearchEntries.AnyAsync(e => e.Version != Analyzer.Version, ct)
            || await db.SourceEntries.AnyAsync(e => e.Version != Analyzer.Version, ct);
    }

    /// <summary>
    /// Builds a new index beside the old one, then swaps them. Searches go on all the time; writers wait while the last changes are
    /// copied. A rebuild that was stopped is continued by the next call.
    /// </summary>
    /// <returns>False when another process is rebuilding.</returns>
    public async Task<bool> RebuildAsync(IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(6));
        // The advisory lock belongs to the session, so it is released with the connection in any case.
        await db.Database.OpenConnectionAsync(ct);
        await using var next = await NextIndex.BeginAsync(db, ct);
        if (next is null)
            return false;
        var total = await db.SearchEntries.CountAsync(ct);
        for (var done = await next.CountAsync(ct); ;)
        {
            progress?.Report(new RebuildProgress(done, total));
            var batch = await next.MissingAsync(BatchSize, ct);
            if (batch.Count == 0)
                break;
            await next.AddAsync(await EntriesAsync(db, [.. batch.Keys], ct), batch, ct);
            done += batch.Count;
        }

        await next.FinishAsync(ids => EntriesAsync(db, ids, ct), ct);
        await SourcesAsync(db, db.Sources.Where(s => s.SearchEntry == null || s.SearchEntry.Version != Analyzer.Version), ct);
        return true;
    }

    private async Task<int> SourcesAsync(AnnotatorDb db, IQueryable<Sources.Source> due, CancellationToken ct)
    {
        for (var count = 0; ;)
        {
            var sources = await due.Include(s => s.SearchEntry).OrderBy(s => s.Id).Take(BatchSize).ToListAsync(ct);
            if (sources.Count == 0)
                return count;
            sources.ForEach(s => s.Index(clock.GetUtcNow()));
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            count += sources.Count;
        }
    }

    private async Task<List<SearchEntry>> EntriesAsync(AnnotatorDb db, Guid[] ids, CancellationToken ct)
    {
        var annotations = await db.Annotations.AsNoTracking().Where(a => ids.Contains(a.Id) && a.Deleted == null).ToListAsync(ct);
        var passageIds = annotations.Select(a => a.PassageId).OfType<Guid>().Distinct().ToArray();
        var passages = await db.Passages.AsNoTracking().Where(p => passageIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var sourceIds = annotations.Select(a => a.SourceId).Distinct().ToArray();
        var sources = await db.Sources.AsNoTracking().Where(s => sourceIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var groups = await db.Groups.AsNoTracking()
            .Where(g => annotations.Select(a => a.GroupId).Contains(g.Id))
            .ToDictionaryAsync(g => g.Id, StringComparer.Ordinal, ct);
        var now = clock.GetUtcNow();
        Parallel.ForEach(
            annotations, a => a.Index(a.PassageId is { } passage ? passages[passage] : null, sources[a.SourceId], groups[a.GroupId], now));
        return annotations.ConvertAll(a => a.SearchEntry!);
    }
}

/// <summary>Progress of a rebuild, in annotations.</summary>
public sealed record RebuildProgress(int Done, int Total);
