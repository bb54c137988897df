using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Reading;

/// <summary>Reads one source: its passages in document order, with the commentary beside each.</summary>
public sealed class SourceReader(IDbContextFactory<AnnotatorDb> databases)
{
    /// <summary>Annotations on one page, the newest. More would take seconds and a hundred megabytes; a search finds the rest.</summary>
    public const int MaxAnnotations = 5_000;

    /// <summary>Texts of a source that its page lists, the newest.</summary>
    public const int MaxVersions = 200;

    /// <summary>See <see cref="PassagePlacer.TimeBudget"/>.</summary>
    internal TimeSpan PlacingTime { get; init; } = PassagePlacer.TimeBudget;

    /// <exception cref="Missing">No such source, or nothing of it is visible to the viewer.</exception>
    public Task<SourceReading> ReadAsync(Viewer viewer, Guid id, CancellationToken ct) => ReadAsync(viewer, id, null, ct);

    /// <param name="snapshotId">Which text of the source; null takes the newest.</param>
    /// <exception cref="Missing">No such source or snapshot, or nothing of it is visible to the viewer.</exception>
    public async Task<SourceReading> ReadAsync(Viewer viewer, Guid id, Guid? snapshotId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var source = await SourceAsync(db, viewer, id, ct);
        var views = await db.Annotations.VisibleTo(viewer).Where(a => a.SourceId == id)
            .OrderByDescending(a => a.Created).ThenByDescending(a => a.Id)
            .Take(MaxAnnotations + 1)
            .Views(db, viewer)
            .ToListAsync(ct);
        var isCut = views.Count > MaxAnnotations;
        views = [.. views.Take(MaxAnnotations).Reverse()];
        var texts = await db.Snapshots.VisibleTo(viewer).Where(s => s.SourceId == id).OrderByDescending(s => s.Added)
            .Take(MaxVersions)
            .Select(s => new { s.Id, s.Format, s.Added, s.Shared, Standing = new Standing { OwnerId = s.AddedById, GroupId = s.GroupId } })
            .ToListAsync(ct);
        var versions =
            texts.ConvertAll(s => new SnapshotView(s.Id, s.Format, s.Added, s.Shared, viewer.May(Permissions.ChangeText, s.Standing)));
        if (views.Count == 0 && versions.Count == 0)
            throw new Missing("source");
        var threads = AnnotationThread.Gather(views).ToList();
        var places = await PlacesAsync(db, viewer, threads, ct);
        var wanted = places.Values.OfType<Guid>().Distinct().ToArray();
        var passages = await db.Passages.AsNoTracking().Where(p => wanted.Contains(p.Id)).ToListAsync(ct);
        var hidden = await HiddenContextsAsync(db, viewer, passages, ct);
        var known = passages.ConvertAll(p => hidden.Contains(p.Id) ? p.WithoutContext() : p);
        var reading = Arrange(source, known, threads.ToLookup(t => places.GetValueOrDefault(t.Id))) with { IsCut = isCut };
        return versions.Count == 0 ? reading : await WithTextAsync(db, reading, known, versions, snapshotId ?? versions[0].Id, ct);
    }

    private async Task<SourceReading> WithTextAsync(
        AnnotatorDb db, SourceReading reading, List<Passage> passages, List<SnapshotView> versions, Guid chosen, CancellationToken ct)
    {
        var version = versions.Find(v => v.Id == chosen) ?? throw new Missing("snapshot");
        var snapshot = await db.Snapshots.AsNoTracking().FirstAsync(s => s.Id == chosen, ct);
        var places = await PassagePlacer.PlacesAsync(db, snapshot, passages, PlacingTime, ct);
        var placed = reading.Passages.Select(p => p with { Place = places.GetValueOrDefault(p.Id) });
        return reading with
        {
            Text = new SnapshotReading(version, snapshot.Html, snapshot.Text, versions),
            Passages = [
                .. placed.OrderBy(p => !p.IsPlaced)
                    .ThenBy(p => p.Place?.Start)
                    .ThenBy(p => p.Place?.End)
                    .Select((p, i) => p with { Number = i + 1 }),
            ],
        };
    }

    /// <summary>The source of an annotation, for its permalink.</summary>
    /// <exception cref="Missing">No such annotation, or the viewer may not see it.</exception>
    public async Task<ThreadReading> ReadThreadAsync(Viewer viewer, Guid annotationId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.Annotations.VisibleTo(viewer).Where(a => a.Id == annotationId)
            .Select(a => new { a.SourceId, Root = a.RootId ?? a.Id }).FirstOrDefaultAsync(ct) ?? throw new Missing("annotation");
        var source = await SourceAsync(db, viewer, found.SourceId, ct);
        var views = await db.Annotations.VisibleTo(viewer).Where(a => a.Id == found.Root || a.RootId == found.Root)
            .OrderBy(a => a.Created).ThenBy(a => a.Id)
            .Views(db, viewer)
            .ToListAsync(ct);
        var thread = AnnotationThread.Gather(views).Single();
        var passage = (await PlacesAsync(db, viewer, [thread], ct)).GetValueOrDefault(thread.Id) is { } passageId
            ? await db.Passages.AsNoTracking().FirstOrDefaultAsync(p => p.Id == passageId, ct)
            : null;
        if (passage is not null && (await HiddenContextsAsync(db, viewer, [passage], ct)).Count > 0)
            passage = passage.WithoutContext();
        return new ThreadReading(source, passage is null ? null : PassageView.Of(passage), thread);
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
        var rootless = threads.Where(t => t.Root is null).ToDictionary(t => t.Id, t => t.Replies[0]);
        if (rootless.Count == 0)
            return places;
        var roots = await db.Annotations.VisibleOrDeletedTo(viewer).Where(a => rootless.Keys.Contains(a.Id))
            .Select(a => new { a.Id, a.SourceId, a.PassageId })
            .ToListAsync(ct);
        // An import may bring replies on another source than their root's.
        foreach (var root in roots.Where(r => rootless[r.Id].SourceId == r.SourceId))
            places[root.Id] = root.PassageId;
        return places;
    }

    private static async Task<SourceView> SourceAsync(AnnotatorDb db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var facts = await db.SourceFactsFor(viewer).FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new Missing("source");
        return new SourceView(facts.Id, facts.Title, facts.Author, facts.Language, await db.SourceUrisAsync(viewer, id, ct));
    }

    /// <summary>The passages whose surroundings came with an annotation that the viewer does not read.</summary>
    private static async Task<IReadOnlySet<Guid>> HiddenContextsAsync(
        AnnotatorDb db, Viewer viewer, IReadOnlyList<Passage> passages, CancellationToken ct)
    {
        var contexts = passages.Select(p => p.ContextOfId).OfType<Guid>().ToArray();
        if (contexts.Length == 0)
            return new HashSet<Guid>();
        var seen = await db.Annotations.VisibleTo(viewer).Where(a => contexts.Contains(a.Id)).Select(a => a.Id).ToHashSetAsync(ct);
        return passages.Where(p => p.ContextOfId is { } context && !seen.Contains(context)).Select(p => p.Id).ToHashSet();
    }

    private static SourceReading Arrange(SourceView source, IReadOnlyList<Passage> passages, ILookup<Guid?, AnnotationThread> threads)
    {
        var order = PassageOrder.Of(passages);
        return new SourceReading(
            source,
            [.. order.InDocument().Select((p, i) => PassageView.Of(p) with
            {
                Number = i + 1,
                Threads = [.. threads[p.Id]],
                Overlaps = [.. order.OverlapsOf(p.Id).Select(o => o.Id)],
            })],
            [.. threads[null]]
        );
    }
}

/// <summary>A source as its page shows it.</summary>
public sealed record SourceReading(SourceView Source, IReadOnlyList<PassageView> Passages, IReadOnlyList<AnnotationThread> PageNotes)
{
    /// <summary>The text that the passages stand in; null where none is stored.</summary>
    public SnapshotReading? Text { get; init; }

    /// <summary>There are more annotations than <see cref="SourceReader.MaxAnnotations"/>; these are the newest.</summary>
    public bool IsCut { get; init; }

    public IEnumerable<AnnotationView> Annotations =>
        Passages.SelectMany(p => p.Threads).Concat(PageNotes).SelectMany(t => t.All);
}

/// <summary>A text of a source.</summary>
/// <param name="Format">Media type of what it was made from.</param>
/// <param name="MayChange">Whether the viewer may remove it or say who reads it.</param>
public sealed record SnapshotView(Guid Id, string Format, DateTimeOffset Added, bool Shared, bool MayChange)
{
    public string PublicId => Kernel.PublicId.Of(Id);
}

/// <summary>The text that is read, and all that there are of the source, newest first.</summary>
/// <param name="Html">See <see cref="Snapshot.Html"/>.</param>
/// <param name="Text">See <see cref="Snapshot.Text"/>.</param>
public sealed record SnapshotReading(SnapshotView Version, string Html, string Text, IReadOnlyList<SnapshotView> Versions);

/// <summary>One thread with the source and passage it is about.</summary>
public sealed record ThreadReading(SourceView Source, PassageView? Passage, AnnotationThread Thread);

/// <summary>What is known of a source.</summary>
public sealed record SourceView(Guid Id, string Title, string? Author, string Language, IReadOnlyList<string> Uris)
{
    public string PublicId => Kernel.PublicId.Of(Id);

    /// <summary>The first address that a browser can open.</summary>
    public string? WebUri =>
        Uris.FirstOrDefault(u => u.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || u.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}

/// <summary>A passage with the commentary on it.</summary>
public sealed record PassageView(Guid Id, Quote Quote, string Language)
{
    /// <summary>Its place among the passages of the source, from 1.</summary>
    public int Number { get; init; }
    public IReadOnlyList<AnnotationThread> Threads { get; init; } = [];

    /// <summary>Other passages that share words with this one.</summary>
    public IReadOnlyList<Guid> Overlaps { get; init; } = [];

    /// <summary>Where it stands in the text that is read; null without such a text.</summary>
    public PassagePlace? Place { get; init; }

    /// <summary>Stands in the text, but in other words than were quoted.</summary>
    public bool IsMoved => Place is { Kind: PlacementKind.Changed };

    /// <summary>Is not found in the text.</summary>
    public bool IsLost => Place is null or { Kind: PlacementKind.Unplaced };

    public bool IsPlaced => Place is { Kind: PlacementKind.Exact or PlacementKind.Changed };

    public string PublicId => Kernel.PublicId.Of(Id);

    /// <summary>Whether the viewer may say where it stands.</summary>
    public bool MayBePlaced =>
        PassagePlacer.MayPlace(Threads.Select(t => t.Root).OfType<AnnotationView>().Select(a => (a.IsMine, a.Shared, a.GroupId)));

    /// <param name="passage">
    /// As the viewer knows it: <see cref="Passage.WithoutContext"/> where they do not see what the context came with.
    /// </param>
    internal static PassageView Of(Passage passage) => new(passage.Id, passage.Quote, passage.Language);
}
