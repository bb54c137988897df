using System.Text;
using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Languages;
using Annotator.Domain.Sources.Texts;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Sources;

/// <summary>Adds texts to sources, removes them, and changes who reads them.</summary>
public sealed class SourceTexts(
    IDbContextFactory<AnnotatorDb> databases, Fetcher fetcher, TextWorkers workers, LanguageDetector detector, TimeProvider clock)
{
    /// <summary>The language of a text is recognised in its first 2,000 UTF-16 units.</summary>
    private const int DetectedLength = 2_000;

    /// <summary>
    /// Reads a text and adds it: to the source that is given, to the one that has its address, or to a new one. Details that the
    /// person gives win over those in the document.
    /// </summary>
    /// <returns>The snapshot; the present one where the source has the very text already.</returns>
    /// <exception cref="Forbidden">The viewer is a visitor, or may not write in the group.</exception>
    /// <exception cref="Invalid">The text cannot be fetched or read, or a detail cannot be stored.</exception>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task<Snapshot> AddAsync(Viewer viewer, IncomingText incoming, TextDetails given, CancellationToken ct)
    {
        await RequireRightsAsync(viewer, given, ct);
        var text = await ReadAsync(incoming, ct);
        return await StoreAsync(viewer, text.Extracted, text.Address is null ? given : given with { Uri = text.Address.AbsoluteUri }, ct);
    }

    /// <summary>Prepares for a text that somebody is about to add, so that reading it begins at once.</summary>
    public void Expect() => workers.WarmUp();

    /// <summary>Adds a text that has been read already.</summary>
    internal async Task<Snapshot> StoreAsync(Viewer viewer, ExtractedText text, TextDetails given, CancellationToken ct)
    {
        await RequireRightsAsync(viewer, given, ct);
        var citation = given.SourceId is null ? Merged(given, text).Checked() : null;
        return await clock.AgainstOthersAsync(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var inPublic = given.Shared && await db.Groups.AnyAsync(g => g.Id == given.GroupId && g.Kind != GroupKind.Private, ct)
                && !await db.People.AnyAsync(p => p.Id == viewer.PersonId && p.IsSilenced, ct);
            var source = citation is null
                ? await db.SourcesVisibleTo(viewer).FirstOrDefaultAsync(s => s.Id == given.SourceId, ct) ?? throw new Missing("source")
                : await SourceOfAsync(db, citation, text, inPublic, ct);
            return await StoreAsync(db, viewer, (source, citation, inPublic), text, given, ct);
        }, ct);
    }

    /// <summary>Removes a text for good. What was said of it stays, with the words that it quotes.</summary>
    /// <returns>The source.</returns>
    /// <exception cref="Forbidden">Neither has the viewer added it, nor are they an administrator.</exception>
    /// <exception cref="Missing">No such snapshot, or the viewer does not see it.</exception>
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
    /// <exception cref="Missing">No such snapshot, or the viewer does not see it.</exception>
    public async Task<Guid> ShareAsync(Viewer viewer, Guid snapshotId, bool shared, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var text = await ChangeableAsync(db, viewer, snapshotId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Snapshots.Where(s => s.Id == snapshotId && s.Shared != shared)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Shared, shared), ct) > 0)
        {
            await ChangeLog.AddAsync(db, [text.Changed(ChangeAction.Update, text.SeenBy(shared))], ct);
        }
        if (shared)
            await PublishAsync(db, snapshotId, ct);
        await transaction.CommitAsync(ct);
        return text.SourceId;
    }

    // What came with the text is known to everybody who reads it.
    private async Task PublishAsync(AnnotatorDb db, Guid snapshotId, CancellationToken ct)
    {
        var text = await db.Snapshots.AsNoTracking()
            .FirstOrDefaultAsync(s => s.Id == snapshotId && s.Group!.Kind != GroupKind.Private && !s.AddedBy!.IsSilenced, ct);
        if (text is null)
            return;
        var source = await db.Sources.Include(s => s.Uris).Include(s => s.SearchEntry).FirstAsync(s => s.Id == text.SourceId, ct);
        if (source.Adopt(text.Cited))
            source.Index(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }

    private static async Task<TextFacts> ChangeableAsync(AnnotatorDb db, Viewer viewer, Guid snapshotId, CancellationToken ct)
    {
        viewer.RequirePerson();
        var found = await db.Snapshots.VisibleTo(viewer).Where(s => s.Id == snapshotId)
            .Select(s => new { s.SourceId, s.AddedById, s.GroupId, s.Group!.Kind, s.Shared, s.AddedBy!.IsSilenced })
            .FirstOrDefaultAsync(ct) ?? throw new Missing("snapshot");
        var standing = new Standing
        {
            OwnerId = found.AddedById,
            GroupId = found.GroupId,
            GroupKind = found.Kind,
            IsShared = found.Shared,
            IsSilenced = found.IsSilenced,
        };
        viewer.Require(Permissions.ChangeText, standing);
        return new TextFacts(found.SourceId, standing);
    }

    private async Task RequireRightsAsync(Viewer viewer, TextDetails given, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var group = await db.Groups.AsNoTracking().FirstOrDefaultAsync(g => g.Id == given.GroupId, ct)
            ?? throw new Forbidden(Permissions.Write.Code);
        viewer.Require(Permissions.Write, Standing.In(group));
        if (given.SourceId is { } source && !await db.SourcesVisibleTo(viewer).AnyAsync(s => s.Id == source, ct))
            throw new Missing("source");
    }

    private async Task<ReadText> ReadAsync(IncomingText incoming, CancellationToken ct)
    {
        switch (incoming)
        {
            case IncomingText.File file:
                return new ReadText(await workers.ReadAsync(file.Content, new DocumentInfo { Name = file.Name }, incoming.Ahead, ct));
            case IncomingText.Pasted words:
                return new ReadText(await ReadWordsAsync(words, ct));
            case IncomingText.Page page:
                var fetched = await fetcher.FetchAsync(page.Address, ct);
                var about = new DocumentInfo { Hint = fetched.ContentType, Charset = fetched.Charset, Address = fetched.Address };
                return new ReadText(
                    await workers.ReadAsync(new MemoryStream(fetched.Content.ToArray(), writable: false), about, incoming.Ahead, ct),
                    fetched.Address);
            default:
                throw new ArgumentException("Not a text that can be read.", nameof(incoming));
        }
    }

    private async Task<ExtractedText> ReadWordsAsync(IncomingText.Pasted words, CancellationToken ct)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(words.Markdown), writable: false);
        try
        {
            return await workers.ReadAsync(bytes, new DocumentInfo { Format = TextFormats.Markdown, Charset = "utf-8" }, words.Ahead, ct);
        }
        // The form has no file then.
        catch (Invalid invalid) when (invalid.Field is "file")
        {
            throw new Invalid("text", invalid.Reason, invalid.Limit);
        }
    }

    private static Citation Merged(TextDetails given, ExtractedText text)
    {
        var uri = Given(given.Uri);
        var title = Given(given.Title) ?? text.Title ?? (uri is null ? text.FirstLine() : null);
        return new Citation(uri, title, Given(given.Author) ?? text.Author, given.Language);
    }

    private static string? Given(string? field) => string.IsNullOrWhiteSpace(field) ? null : field.Trim();

    private async Task<Source> SourceOfAsync(AnnotatorDb db, Citation citation, ExtractedText text, bool inPublic, CancellationToken ct)
    {
        if (citation.Uri is { } uri)
        {
            var key = SourceUri.KeyOf(uri);
            if (await db.Sources.Include(s => s.Uris)
                .Include(s => s.SearchEntry)
                .FirstOrDefaultAsync(s => s.Uris.Any(u => u.Key == key), ct) is { } known)
            {
                if (inPublic && known.Adopt(citation))
                    known.Index(clock.GetUtcNow());
                return known;
            }
        }

        var source = Source.Cited(citation, inPublic, citation.Language ?? LanguageOf(text).Value, clock.GetUtcNow());
        source.Index(clock.GetUtcNow());
        db.Sources.Add(source);
        return source;
    }

    private async Task<Snapshot> StoreAsync(
        AnnotatorDb db, Viewer viewer, (Source Source, Citation? Given, bool InPublic) about, ExtractedText text, TextDetails given,
        CancellationToken ct)
    {
        var source = about.Source;
        var same = await db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == source.Id && s.Text == text.Text && s.Html == text.Html)
            .FirstOrDefaultAsync(s => s.Shared == given.Shared && s.GroupId == given.GroupId, ct);
        if (same is not null)
            return same;
        if (string.Equals(source.Language, LanguageTag.Undetermined.Value, StringComparison.Ordinal))
            source.CorrectLanguage(LanguageOf(text).Value);
        var snapshot = Snapshot.Of(source.Id, text, given.Shared, given.GroupId, viewer.RequirePerson(), clock.GetUtcNow())
            .Citing(about.Given, source);
        db.Snapshots.Add(snapshot);
        if (about.InPublic)
            source.Touch(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return snapshot;
    }

    // The language that a text names is only a hint: it is often left over from a template.
    private LanguageTag LanguageOf(ExtractedText text)
    {
        var named = LanguageTag.TryParse(text.Language, out var tag) ? tag : (LanguageTag?)null;
        var beginning = text.Text.Length <= DetectedLength ? text.Text : text.Text[..DetectedLength];
        return detector.Detect(beginning, null, named);
    }

    /// <param name="Address">Where the text was fetched from; null when it was brought.</param>
    private sealed record ReadText(ExtractedText Extracted, Uri? Address = null);

    private sealed record TextFacts(Guid SourceId, Standing Standing)
    {
        /// <summary>Who would read the text if it were shared, or not.</summary>
        public Audience SeenBy(bool shared) => Readership.Of(Standing with { IsShared = shared }).Audience;

        /// <summary>The record for the change log.</summary>
        public Change Changed(ChangeAction action, Audience after) =>
            Change.OfSource(ChangeKind.Snapshot, action, SourceId, Standing.GroupId, Standing.OwnerId, SeenBy(Standing.IsShared), after);
    }
}
