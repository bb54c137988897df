using Annotator.Domain.Data;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

internal sealed partial class Intake
{
    /// <summary>From so many annotations on, copying costs less than inserting.</summary>
    private const int CopiedFrom = 50;

    private readonly List<Passage> _newPassages = [];
    private readonly Dictionary<Source, DateTimeOffset> _lastActivity = [];

    /// <summary>Stores what was placed, in one transaction.</summary>
    /// <param name="isOneOfMany">Whether the disk may come later, with the last of many batches.</param>
    public async Task SaveAsync(bool isOneOfMany, CancellationToken ct)
    {
        await CompleteAsync(ct);
        if (_placed.Count < CopiedFrom)
            await InsertAsync(ct);
        else
            await CopyAsync(isOneOfMany, ct);
    }

    /// <summary>Sources that are new or have learnt their title.</summary>
    private async Task IndexSourcesAsync(CancellationToken ct)
    {
        db.ChangeTracker.DetectChanges();
        foreach (var entry in db.ChangeTracker.Entries<Source>().Where(e => e.State is EntityState.Added || e.Property(s => s.Title).IsModified).ToList())
        {
            if (entry.State is not EntityState.Added)
                await entry.Reference(s => s.SearchEntry).LoadAsync(ct);
            entry.Entity.Index(now);
        }
    }

    private async Task InsertAsync(CancellationToken ct)
    {
        await IndexSourcesAsync(ct);
        foreach (var (source, at) in _lastActivity)
            source.SawActivity(at);
        db.Passages.AddRange(_newPassages);
        db.Annotations.AddRange(_placed.Select(Indexed));
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(ct);
    }

    // Lexemes take the time, so they are worked out while the rest is stored.
    private async Task CopyAsync(bool isOneOfMany, CancellationToken ct)
    {
        var annotations = TableCopy.Of(db, _placed, p => p.Annotation!);
        var entries = TableCopy.Of(db, _placed, p => Indexed(p).SearchEntry!);
        var passages = TableCopy.Of(db, _newPassages, p => p);
        await IndexSourcesAsync(ct);
        db.ChangeTracker.DetectChanges();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (isOneOfMany)
            await db.Database.ExecuteSqlRawAsync("set local synchronous_commit = off", ct);
        await db.SaveChangesAsync(ct);
        await NoteActivityAsync(ct);
        await passages.WriteAsync(db, ct);
        await annotations.WriteAsync(db, ct);
        await entries.WriteAsync(db, ct);
        await transaction.CommitAsync(ct);
    }

    private Annotation Indexed(Placed placed)
    {
        placed.Annotation!.Index(placed.Passage, placed.Source, now);
        return placed.Annotation;
    }

    // A batch touches hundreds of sources: one statement for all of them, in one order, so that two writers do not lock each other.
    private async Task NoteActivityAsync(CancellationToken ct)
    {
        var seen = _lastActivity.OrderBy(s => s.Key.Id).ToList();
        var ids = seen.ConvertAll(s => s.Key.Id);
        var times = seen.ConvertAll(s => s.Value);
        await db.Database.ExecuteSqlAsync(
            $"""
            update source set last_activity = seen.at
            from unnest({ids}, {times}) as seen (id, at)
            where source.id = seen.id and source.last_activity < seen.at
            """,
            ct
        );
    }

    private void SawActivity(Source source, DateTimeOffset at)
    {
        if (!_lastActivity.TryGetValue(source, out var last) || at > last)
            _lastActivity[source] = at;
    }
}
