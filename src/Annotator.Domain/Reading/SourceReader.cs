using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Reading;

/// <summary>Reads one source: its passages in document order, with the commentary beside each.</summary>
public sealed class SourceReader(IDbContextFactory<AnnotatorDb> databases) : IDisposable
{
    /// <summary>
    /// Annotations in one window of a source; one that has more is read window by window. A page with as many is about 300 KB.
    /// </summary>
    public const int WindowSize = 200;

    /// <summary>The same beside a stored text, which is shown whole in each window.</summary>
    public const int WindowSizeInText = 500;

    /// <summary>Texts of a source that its page lists, the newest.</summary>
    public const int MaxVersions = 200;

    /// <summary>Places of a passage that stands several times that are shown to choose from.</summary>
    private const int MostChoices = 12;

    private readonly Outlines _outlines = new(new ChangeLog(databases));

    /// <summary>See <see cref="PassagePlacer.TimeBudget"/>.</summary>
    internal TimeSpan PlacingTime { get; init; } = PassagePlacer.TimeBudget;

    /// <exception cref="Missing">No such source, or nothing of it is visible to the viewer.</exception>
    public Task<SourceReading> ReadAsync(Viewer viewer, Guid id, CancellationToken ct) => ReadAsync(viewer, id, new SourceQuery(), ct);

    /// <exception cref="Missing">No such source or text, or nothing of it is visible to the viewer.</exception>
    public async Task<SourceReading> ReadAsync(Viewer viewer, Guid id, SourceQuery query, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var source = await SourceAsync(db, viewer, id, ct);
        var versions = await VersionsAsync(db, viewer, id, ct);
        var text = versions.Count == 0 ? null : await TextAsync(db, versions, query.Text ?? versions[0].Id, ct);
        var (all, size) = (new Material(source, [], versions, text), SizeBeside(text));
        if (await IsLongAsync(db, id, size, ct) && await WindowAsync(db, viewer, all, query, ct) is { } known)
            return known;
        var views = await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == id)
            .OrderByDescending(a => a.Created).ThenByDescending(a => a.Id)
            .Take(size + 1)
            .Views(db, viewer)
            .ToListAsync(ct);
        views.Reverse();
        if (views.Count == 0 && versions.Count == 0)
            throw new Missing("source");
        var window = views.Count > size ? await WindowAsync(db, viewer, all, query, ct) : null;
        return window ?? await ArrangeAsync(db, viewer, all with { Views = views }, ct);
    }

    public void Dispose() => _outlines.Dispose();

    /// <summary>Annotations in a window.</summary>
    /// <param name="text">The one that is read; null where none is stored.</param>
    internal static int SizeBeside(Snapshot? text) => text is null ? WindowSize : WindowSizeInText;

    // By the counts that are kept, so that most long sources are not read only to find out that they are long. Somebody else may read
    // more of it, or less.
    private static Task<bool> IsLongAsync(AnnotatorDb db, Guid id, int size, CancellationToken ct) =>
        db.SourceActivity.AnyAsync(c => c.SourceId == id && (c.Comments > size || c.Passages > size), ct);

    /// <returns>Null when all that the viewer reads fits into one window.</returns>
    private async Task<SourceReading?> WindowAsync(
        AnnotatorDb db, Viewer viewer, Material all, SourceQuery query, CancellationToken ct)
    {
        if (await _outlines.ReadAsync(db, (viewer, all.Source.Id), (all.Text, query), PlacingTime, ct) is not { } read)
            return null;
        var window = read.Outline.Order.WindowOf(read.Asked);
        var shown = window.Annotations.ToArray();
        var views = await db.Annotations.VisibleTo(viewer).Where(a => shown.Contains(a.Id))
            .OrderBy(a => a.Created).ThenBy(a => a.Id)
            .Views(db, viewer)
            .ToListAsync(ct);
        var reading = await ArrangeAsync(db, viewer, all with { Views = views, Number = Math.Max(window.First, 1) }, ct);
        return reading with { Window = window, Counts = read.Outline.Counts };
    }

    private async Task<SourceReading> ArrangeAsync(AnnotatorDb db, Viewer viewer, Material found, CancellationToken ct)
    {
        var threads = AnnotationThread.Gather(found.Views).ToList();
        var places = await PlacesAsync(db, viewer, threads, ct);
        var wanted = places.Values.OfType<Guid>().Distinct().ToArray();
        var passages = await db.Passages.AsNoTracking().Where(p => wanted.Contains(p.Id)).ToListAsync(ct);
        var hidden = await HiddenContextsAsync(db, viewer, passages.Select(p => (p.Id, p.ContextOfId)), ct);
        var known = passages.ConvertAll(p => hidden.Contains(p.Id) ? p.WithoutContext() : p);
        var reading = Arrange(found.Source, known, threads.ToLookup(t => places.GetValueOrDefault(t.Id)), found.Number);
        return found.Text is null ? reading : await WithTextAsync(db, reading, known, found, ct);
    }

    private async Task<SourceReading> WithTextAsync(
        AnnotatorDb db, SourceReading reading, List<Passage> passages, Material found, CancellationToken ct)
    {
        var text = found.Text!;
        var places = await PassagePlacer.PlacesAsync(db, text, passages, PlacingTime, ct);
        // Made only where a passage is lost: it costs as much as a pass through the text.
        var words = new Lazy<SnapshotText>(() => SnapshotText.Of(text.Text));
        var placed = reading.Passages.Select(p => WithChoices(p with { Place = places.GetValueOrDefault(p.Id) }, words));
        return reading with
        {
            Text = new SnapshotReading(found.Versions.First(v => v.Id == text.Id), text.Html, text.Text, found.Versions),
            Passages = [
                .. placed.OrderBy(p => !p.IsPlaced)
                    .ThenBy(p => p.Place?.Start)
                    .ThenBy(p => p.Place?.End)
                    .Select((p, i) => p with { Number = found.Number + i }),
            ],
        };
    }

    // Where somebody has to say which of several places is meant.
    private static PassageView WithChoices(PassageView passage, Lazy<SnapshotText> text) =>
        passage.IsLost && text.Value.PlacesOf(passage.Quote.Exact, MostChoices) is var (count, first) && count > 1
            ? passage with { Standing = count, Choices = first }
            : passage;

    private static async Task<List<SnapshotView>> VersionsAsync(AnnotatorDb db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var texts = await db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == id).OrderByDescending(s => s.Added)
            .Take(MaxVersions)
            .Select(s => new { s.Id, s.Format, s.Added, s.Shared, Standing = new Standing { OwnerId = s.AddedById, GroupId = s.GroupId } })
            .ToListAsync(ct);
        return texts.ConvertAll(s => new SnapshotView(s.Id, s.Format, s.Added, s.Shared, viewer.May(Permissions.ChangeText, s.Standing)));
    }

    /// <exception cref="Missing">It is none of them.</exception>
    private static async Task<Snapshot> TextAsync(AnnotatorDb db, List<SnapshotView> versions, Guid chosen, CancellationToken ct) =>
        versions.Exists(v => v.Id == chosen)
            ? await db.Snapshots.AsNoTracking().FirstAsync(s => s.Id == chosen, ct)
            : throw new Missing("snapshot");

    /// <summary>
    /// An annotation with its thread and source, for its permalink: at most <see cref="WindowSize"/> of the thread, among them itself and
    /// the root, and the newest of the others.
    /// </summary>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task<ThreadReading> ReadThreadAsync(Viewer viewer, Guid annotationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.Annotations.VisibleTo(viewer).Where(a => a.Id == annotationId)
            .Select(a => new { a.SourceId, Root = a.RootId ?? a.Id }).FirstOrDefaultAsync(ct) ?? throw new Missing("annotation");
        var source = await SourceAsync(db, viewer, found.SourceId, ct);
        var views = await db.Annotations.VisibleTo(viewer).Where(a => a.Id == found.Root || a.RootId == found.Root)
            .OrderByDescending(a => a.Id == annotationId || a.Id == found.Root).ThenByDescending(a => a.Created).ThenByDescending(a => a.Id)
            .Take(WindowSize + 1)
            .Views(db, viewer)
            .ToListAsync(ct);
        var isCut = views.Count > WindowSize;
        views = [.. views.Take(WindowSize).OrderBy(v => v.Created).ThenBy(v => v.Id)];
        var thread = AnnotationThread.Gather(views).Single();
        var passage = (await PlacesAsync(db, viewer, [thread], ct)).GetValueOrDefault(thread.Id) is { } passageId
            ? await db.Passages.AsNoTracking().FirstOrDefaultAsync(p => p.Id == passageId, ct)
            : null;
        if (passage is not null && (await HiddenContextsAsync(db, viewer, [(passage.Id, passage.ContextOfId)], ct)).Count > 0)
            passage = passage.WithoutContext();
        return new ThreadReading(source, passage is null ? null : PassageView.Of(passage), thread) { IsCut = isCut };
    }

    /// <summary>Whether the viewer sees anything of the source.</summary>
    public async Task<bool> IsReadableAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.SourcesVisibleTo(viewer).AnyAsync(s => s.Id == id, ct);
    }

    /// <summary>What a source or passage that was merged into another is now.</summary>
    /// <param name="id">Of before the merge.</param>
    /// <returns>The id of the source or passage; null where nothing was merged, or where the viewer does not see the source.</returns>
    public async Task<Guid?> PresentIdAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var visible = db.SourcesVisibleTo(viewer);
        return await db.FormerIds.Where(f => f.Id == id && visible.Any(s => s.Id == f.SourceId))
            .Select(f => (Guid?)(f.PassageId ?? f.SourceId))
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>
    /// Whether the annotation was the first to quote its passage, for those who read it: its author corrects the passage's
    /// language.
    /// </summary>
    public async Task<bool> IsFirstToQuoteAsync(Viewer viewer, AnnotationView annotation, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return annotation.PassageId is { } passage && (await PassageCorrection.FirstAsync(db, viewer, passage, ct))?.Id == annotation.Id;
    }

    /// <summary>
    /// Whether the viewer has written about the source or added a text to it: then their page differs from those of others with the
    /// same rights.
    /// </summary>
    public async Task<bool> HasOwnAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (viewer.PersonId is not { } person)
            return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Annotations.VisibleTo(viewer).AnyAsync(a => a.SourceId == id && a.AuthorId == person, ct)
            || await db.Snapshots.VisibleTo(viewer).AnyAsync(s => s.SourceId == id && s.AddedById == person, ct);
    }

    /// <summary>What the viewer may know of a source, without what is said about it.</summary>
    /// <exception cref="Missing">There is no such source, or the viewer sees nothing of it.</exception>
    public async Task<SourceView> DetailsAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await SourceAsync(db, viewer, id, ct);
    }

    /// <summary>What the source is called; null where the viewer sees nothing of it.</summary>
    public async Task<string?> TitleAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        (await TitlesAsync(viewer, [id], ct)).GetValueOrDefault(id);

    /// <summary>What sources are called. Those of which the viewer sees nothing are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> TitlesAsync(Viewer viewer, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
            return new Dictionary<Guid, string>();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.SourceFactsFor(viewer).Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Title, ct);
    }

    /// <summary>
    /// The passage of each thread. Replies stay where their root stood when that is deleted; what a root quoted that the viewer may not
    /// read is not shown.
    /// </summary>
    private static async Task<Dictionary<Guid, Guid?>> PlacesAsync(
        AnnotatorDb db, Viewer viewer, IReadOnlyList<AnnotationThread> threads, CancellationToken ct)
    {
        var places = threads.Where(t => t.Root is not null).ToDictionary(t => t.Id, t => t.Root!.PassageId);
        var rootless = threads.Where(t => t.Root is null).ToDictionary(t => t.Id, t => t.Replies[0].SourceId);
        foreach (var (thread, passage) in await PlacesOfRootlessAsync(db, viewer, rootless, ct))
            places[thread] = passage;
        return places;
    }

    /// <param name="rootless">Threads without a root that the viewer reads, each with the source of its replies.</param>
    internal static async Task<Dictionary<Guid, Guid?>> PlacesOfRootlessAsync(
        AnnotatorDb db, Viewer viewer, IReadOnlyDictionary<Guid, Guid> rootless, CancellationToken ct)
    {
        if (rootless.Count == 0)
            return [];
        var ids = rootless.Keys.ToArray();
        var roots = await db.Annotations.VisibleOrDeletedTo(viewer).Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.SourceId, a.PassageId })
            .ToListAsync(ct);
        // An import may bring replies on another source than their root's.
        return roots.Where(r => rootless[r.Id] == r.SourceId).ToDictionary(r => r.Id, r => r.PassageId);
    }

    private static async Task<SourceView> SourceAsync(AnnotatorDb db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var facts = await db.SourceFactsFor(viewer).FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new Missing("source");
        return new SourceView(facts.Id, facts.Title, facts.Author, facts.Language, await db.SourceUrisAsync(viewer, id, ct))
        { Kind = facts.Kind };
    }

    /// <summary>The passages whose surroundings came with an annotation that the viewer does not read.</summary>
    /// <param name="passages">Each with its <see cref="Passage.ContextOfId"/>.</param>
    internal static async Task<IReadOnlySet<Guid>> HiddenContextsAsync(
        AnnotatorDb db, Viewer viewer, IEnumerable<(Guid Passage, Guid? Context)> passages, CancellationToken ct)
    {
        var unsure = passages.Where(p => p.Context is not null).ToList();
        if (unsure.Count == 0)
            return new HashSet<Guid>();
        var contexts = unsure.ConvertAll(p => p.Context!.Value);
        var seen = await db.Annotations.VisibleTo(viewer).Where(a => contexts.Contains(a.Id)).Select(a => a.Id).ToHashSetAsync(ct);
        return unsure.Where(p => !seen.Contains(p.Context!.Value)).Select(p => p.Passage).ToHashSet();
    }

    private static SourceReading Arrange(
        SourceView source, IReadOnlyList<Passage> passages, ILookup<Guid?, AnnotationThread> threads, int number)
    {
        var order = PassageOrder.Of(passages);
        return new SourceReading(
            source,
            [.. order.InDocument().Select((p, i) => PassageView.Of(p) with
            {
                Number = number + i,
                Threads = [.. threads[p.Id]],
                Overlaps = [.. order.OverlapsOf(p.Id).Select(o => o.Id)],
            })],
            [.. threads[null]]
        );
    }

    /// <param name="Text">The one of the versions that is read.</param>
    /// <param name="Number">That of the first passage.</param>
    private sealed record Material(
        SourceView Source, IReadOnlyList<AnnotationView> Views, IReadOnlyList<SnapshotView> Versions, Snapshot? Text, int Number = 1);
}
