using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Domain.Sources;

/// <summary>Gives sources their text.</summary>
public sealed class SourceTexts(IDbContextFactory<AnnotatorDb> databases, LanguageDetector detector, TimeProvider clock)
{
    private const int TellingLength = 2_000;

    /// <summary>Adds a text to the source that has the address of the citation, or makes the source.</summary>
    /// <returns>The snapshot; the present one where the source has the very text already.</returns>
    /// <exception cref="Forbidden">The viewer is a visitor.</exception>
    /// <exception cref="Invalid">A field of the citation cannot be stored.</exception>
    public async Task<Snapshot> AddAsync(Viewer viewer, Citation citation, NewSnapshot added, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        var cited = citation.Checked();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(ct);
                return await AddAsync(db, await SourceOfAsync(db, cited, added, ct), added, person, ct);
            }
            // Somebody adds the same source just now.
            catch (DbUpdateException e) when (attempt < 3 && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
            }
        }
    }

    /// <summary>Adds a newer text to a source. Whether the viewer sees the source is the caller's to know.</summary>
    /// <exception cref="Forbidden">The viewer is a visitor.</exception>
    /// <exception cref="NotFound">No such source.</exception>
    public async Task<Snapshot> AddAsync(Viewer viewer, Guid sourceId, NewSnapshot added, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        var source = await db.Sources.FirstOrDefaultAsync(s => s.Id == sourceId, ct) ?? throw new NotFound("source");
        return await AddAsync(db, source, added, person, ct);
    }

    /// <summary>Removes a text for good. What was said of it stays, with the words that it quotes.</summary>
    /// <returns>The source.</returns>
    /// <exception cref="Forbidden">Neither has the viewer added it, nor are they an administrator.</exception>
    /// <exception cref="NotFound">No such snapshot, or the viewer does not see it.</exception>
    public async Task<Guid> RemoveAsync(Viewer viewer, Guid snapshotId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var text = await ChangeableAsync(db, viewer, snapshotId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Snapshots.Where(s => s.Id == snapshotId).ExecuteDeleteAsync(ct) > 0)
            await ChangeLog.AddAsync(db, [text.Changed(ChangeAction.Delete, Audience.Nobody)], ct);
        await transaction.CommitAsync(ct);
        return text.SourceId;
    }

    /// <summary>Lets everybody read a text, or only who has added it. What was said of it stays as public as it is.</summary>
    /// <returns>The source.</returns>
    /// <exception cref="Forbidden">Neither has the viewer added it, nor are they an administrator.</exception>
    /// <exception cref="NotFound">No such snapshot, or the viewer does not see it.</exception>
    public async Task<Guid> ShareAsync(Viewer viewer, Guid snapshotId, bool shared, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var text = await ChangeableAsync(db, viewer, snapshotId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Snapshots.Where(s => s.Id == snapshotId && s.Shared != shared).ExecuteUpdateAsync(set => set.SetProperty(s => s.Shared, shared), ct) > 0)
            await ChangeLog.AddAsync(db, [text.Changed(ChangeAction.Update, TextFacts.SeenBy(shared))], ct);
        await transaction.CommitAsync(ct);
        return text.SourceId;
    }

    private static async Task<TextFacts> ChangeableAsync(AnnotatorDb db, Viewer viewer, Guid snapshotId, CancellationToken ct)
    {
        viewer.RequirePerson();
        var snapshot = await db.Snapshots.VisibleTo(viewer).Where(s => s.Id == snapshotId).Select(s => new TextFacts(s.SourceId, s.AddedById, s.Shared)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound("snapshot");
        return Snapshot.MayChange(viewer, snapshot.AddedById) ? snapshot : throw new Forbidden("change_text");
    }

    private async Task<Snapshot> AddAsync(AnnotatorDb db, Source source, NewSnapshot added, Guid person, CancellationToken ct)
    {
        var same = await db.Snapshots.Where(s => s.SourceId == source.Id && s.Text == added.Text && s.Html == added.Html)
            .FirstOrDefaultAsync(s => s.Shared == added.Shared && (s.Shared || s.AddedById == person), ct);
        if (same is not null)
            return same;
        if (string.Equals(source.Language, LanguageTag.Undetermined.Value, StringComparison.Ordinal))
            source.CorrectLanguage(LanguageOf(added).Value);
        var snapshot = Snapshot.Of(source.Id, added, person, clock.GetUtcNow());
        db.Snapshots.Add(snapshot);
        if (added.Shared)
            source.SawActivity(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return snapshot;
    }

    private async Task<Source> SourceOfAsync(AnnotatorDb db, Citation citation, NewSnapshot added, CancellationToken ct)
    {
        if (citation.Uri is { } uri)
        {
            var key = SourceUri.KeyOf(uri);
            if (await db.Sources.Include(s => s.Uris).Include(s => s.SearchEntry).FirstOrDefaultAsync(s => s.Uris.Any(u => u.Key == key), ct) is { } known)
            {
                known.LearnTitle(citation.Title);
                known.Index(clock.GetUtcNow());
                return known;
            }
        }

        var source = Source.Cited(citation, citation.Language ?? LanguageOf(added).Value, clock.GetUtcNow());
        source.Index(clock.GetUtcNow());
        db.Sources.Add(source);
        return source;
    }

    // What a text says of its own language is often the template's.
    private LanguageTag LanguageOf(NewSnapshot added)
    {
        var said = LanguageTag.TryParse(added.Language, out var tag) ? tag : (LanguageTag?)null;
        var beginning = added.Text.Length <= TellingLength ? added.Text : added.Text[..TellingLength];
        return detector.Detect(beginning, null, said);
    }

    private sealed record TextFacts(Guid SourceId, Guid AddedById, bool Shared)
    {
        public static Audience SeenBy(bool shared) => shared ? Audience.World : Audience.Author;

        public Change Changed(ChangeAction action, Audience after) =>
            Change.OfSource(ChangeKind.Snapshot, action, SourceId, null, AddedById, SeenBy(Shared), after);
    }
}
