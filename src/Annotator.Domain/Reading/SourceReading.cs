using Annotator.Domain.Annotations;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Reading;

/// <summary>A source as its page shows it.</summary>
public sealed record SourceReading(SourceView Source, IReadOnlyList<PassageView> Passages, IReadOnlyList<AnnotationThread> PageNotes)
{
    /// <summary>The text that the passages stand in; null where none is stored.</summary>
    public SnapshotReading? Text { get; init; }

    /// <summary>Which part of a long source this is; null where it is the whole source.</summary>
    public SourceWindow? Window { get; init; }

    /// <summary>Of the whole source.</summary>
    public ReadingCounts Counts { get => field ??= ReadingCounts.Of(this); init; }

    /// <summary>Those that are read here.</summary>
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
public sealed record SnapshotReading(SnapshotView Version, string Html, string Text, IReadOnlyList<SnapshotView> Versions)
{
    /// <summary>Whether the first line of the text is this title, however both are spaced and in whatever case.</summary>
    public bool BeginsWith(string title)
    {
        var rest = Text.AsSpan().TrimStart();
        var end = rest.IndexOfAny('\r', '\n');
        var line = end < 0 ? rest : rest[..end];
        // A paragraph that goes on after the title is none.
        return line.Length <= 2 * title.Length && string.Equals(Spaced(line.ToString()), Spaced(title), StringComparison.OrdinalIgnoreCase);
    }

    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>One thread with the source and passage it is about.</summary>
public sealed record ThreadReading(SourceView Source, PassageView? Passage, AnnotationThread Thread)
{
    /// <summary>Whether there are more replies than it holds.</summary>
    public bool IsCut { get; init; }
}

/// <summary>What is known of a source.</summary>
public sealed record SourceView(Guid Id, string Title, string? Author, string Language, IReadOnlyList<string> Uris)
{
    public SourceKind Kind { get; init; }
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

    /// <summary>How often its words stand in the text that is read; 0 when its place there is clear.</summary>
    public int Standing { get; init; }

    /// <summary>The first of these places, with what stands around them.</summary>
    public IReadOnlyList<Quote> Choices { get; init; } = [];

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
