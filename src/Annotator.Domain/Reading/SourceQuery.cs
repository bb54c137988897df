namespace Annotator.Domain.Reading;

/// <summary>What to read of a source; one with many annotations is read window by window (<see cref="SourceReader.WindowSize"/>).</summary>
public sealed record SourceQuery
{
    /// <summary>Which of its texts; null for the newest.</summary>
    public Guid? Text { get; init; }

    /// <summary>An annotation, thread or passage that the window shall hold; null for the first window.</summary>
    public Guid? Around { get; init; }

    /// <summary>The number of a passage that the window shall hold, where <see cref="Around"/> says none.</summary>
    public int? Number { get; init; }

    /// <summary>A place in the text that the window shall hold, in code points, where <see cref="Around"/> says none.</summary>
    public int? Position { get; init; }

    /// <summary>Annotations, threads and passages that it names.</summary>
    internal IEnumerable<Guid> Named => new[] { Around, Open?.From, Open?.Until }.OfType<Guid>();

    /// <summary>
    /// The version of the page that is read, for those who have asked for one before (<see cref="Changes.ChangeLog.VersionAsync"/>);
    /// null: the reader of the source asks for it where it needs one.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>What an open page shows, instead of a window: it stays the same though more is written before it.</summary>
    public OpenRange? Open { get; init; }
}

/// <summary>A stretch of what is said about a source, in reading order.</summary>
/// <param name="From">Thread or passage that it begins with; null for the beginning.</param>
/// <param name="Until">Thread or passage that it ends before; null for the end.</param>
public sealed record OpenRange(Guid? From, Guid? Until);

/// <summary>A part of a long source.</summary>
/// <param name="Annotations">Their ids.</param>
public sealed record SourceWindow(IReadOnlyList<Guid> Annotations)
{
    /// <summary>It holds one thread, which is longer than a page: its beginning and its newest.</summary>
    public bool IsCut { get; init; }

    /// <summary>Numbers of its first and last passage; 0 where it holds only comments on the whole source.</summary>
    public int First { get; init; }
    public int Last { get; init; }

    /// <summary>Thread or passage that it begins with; null in the first.</summary>
    public Guid? From { get; init; }

    /// <summary>Thread or passage that the next begins with; null in the last.</summary>
    public Guid? Until { get; init; }

    /// <summary>Thread or passage that the window before begins with; null where that is the first, or there is none.</summary>
    public Guid? Previous { get; init; }

    /// <summary>The last thread or passage before it; null in the first.</summary>
    public Guid? Before { get; init; }

    /// <summary>The first passage of the source that is not found in the text; null where all are.</summary>
    public Guid? Lost { get; init; }

    /// <summary>Passages of the source that are not found in the text.</summary>
    public int LostCount { get; init; }
}

/// <summary>What there is about a source, for those who read it.</summary>
/// <param name="Comments">Annotations with words.</param>
public sealed record ReadingCounts(int Passages, int Comments, int People)
{
    internal static ReadingCounts Of(SourceReading whole) => new(
        whole.Passages.Count,
        whole.Annotations.Count(a => !a.IsHighlight),
        whole.Annotations.Select(a => a.Author.Id).Distinct().Count());
}
