using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

internal sealed partial class AnnotationBatch
{
    /// <summary>Number of annotations from which on COPY takes less time than INSERT.</summary>
    private const int CopiedFrom = 50;

    private readonly Dictionary<Source, DateTimeOffset> _lastActivity = [];

    /// <summary>Stores the drafts that were added, in one transaction.</summary>
    /// <param name="isOneOfMany">
    /// True commits with <c>synchronous_commit = off</c>; the caller must end with a synchronous commit, which flushes the log of all.
    /// </param>
    public async Task SaveAsync(bool isOneOfMany, CancellationToken ct)
    {
        await CompleteAsync(ct);
        if (_rows.Count < CopiedFrom)
            await InsertAsync(ct);
        else
            await CopyAsync(isOneOfMany, ct);
    }

    private async Task InsertAsync(CancellationToken ct)
    {
        db.Sources.AttachRange(_lastActivity.Keys.Except(_targets.NewSources));
        await _targets.AdoptAsync(ct);
        foreach (var (source, at) in _lastActivity)
            source.Touch(at);
        db.Sources.AddRange(_targets.NewSources.Select(Indexed));
        db.Passages.AddRange(_targets.NewPassages);
        db.Annotations.AddRange(_rows.Select(Indexed));
        db.UriClaims.AddRange(_rows.SelectMany(Claims));
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(ct);
    }

    // Lexemes take the time, so they are worked out while the rest is stored.
    private async Task CopyAsync(bool isOneOfMany, CancellationToken ct)
    {
        foreach (var source in _targets.NewSources)
            source.Touch(_lastActivity.GetValueOrDefault(source));
        TableCopy[] copies =
        [
            TableCopy.Of(db, _targets.NewSources, s => s),
            TableCopy.Of(db, _targets.NewSources.SelectMany(s => s.Uris), u => u),
            TableCopy.Of(db, _targets.NewSources, s => Indexed(s).SearchEntry!),
            TableCopy.Of(db, _targets.NewPassages, p => p),
            TableCopy.Of(db, _rows, p => p.Annotation!),
            TableCopy.Of(db, _rows.SelectMany(p => p.Annotation!.FurtherTargets), t => t),
            TableCopy.Of(db, _rows, p => Indexed(p).SearchEntry!),
            TableCopy.Of(db, _rows.SelectMany(Claims), c => c),
        ];
        await _targets.AdoptAsync(ct);
        db.ChangeTracker.DetectChanges();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (isOneOfMany)
            await db.Database.ExecuteSqlRawAsync("set local synchronous_commit = off", ct);
        await db.SaveChangesAsync(ct);
        await NoteActivityAsync(ct);
        await ChangeLog.AddAsync(db, ChangeRecorder.Created(_rows.Select(p => p.Annotation!), _people.GroupKinds, _people.Silenced), ct);
        foreach (var copy in copies)
            await copy.WriteAsync(db, ct);
        await transaction.CommitAsync(ct);
    }

    private IEnumerable<UriClaim> Claims(DraftRow row) => UriClaim.Of(row.Draft.Source, row.Draft.Id, row.AuthorId, now);

    private Annotation Indexed(DraftRow row)
    {
        row.Annotation!.Index(row.Target.Passage, row.Target.Source, row.Group, now);
        return row.Annotation;
    }

    private Source Indexed(Source source)
    {
        source.Index(now);
        return source;
    }

    // A batch touches hundreds of sources: one statement for all of them, in one order, so that two writers do not lock each other.
    private async Task NoteActivityAsync(CancellationToken ct)
    {
        var seen = _lastActivity.Where(s => !_targets.NewSources.Contains(s.Key)).OrderBy(s => s.Key.Id).ToList();
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

    private void Touch(Source source, DateTimeOffset at)
    {
        if (!_lastActivity.TryGetValue(source, out var last) || at > last)
            _lastActivity[source] = at;
    }
}
