namespace Annotator.Domain.Reading;

/// <summary>What is asked of the library.</summary>
/// <param name="Language">BCP 47 tag of the source.</param>
/// <param name="Tag">A tag that one of its annotations carries.</param>
/// <param name="After">Cursor of the page before.</param>
public sealed record LibraryQuery(
    string? Language = null, string? Tag = null, LibraryOrder Order = LibraryOrder.Activity, string? After = null);

/// <summary>How sources are sorted: the most recently annotated first, the most recently added first, or by title.</summary>
public enum LibraryOrder
{
    Activity,
    Added,
    Title,
}

/// <summary>A source as the library lists it. The counts are of what the viewer sees.</summary>
public sealed record SourceCard(
    Guid Id,
    string Title,
    string? Author,
    string Language,
    string? Uri,
    int Passages,
    int Comments,
    int People,
    DateTimeOffset Newest
)
{
    public string PublicId => Kernel.PublicId.Of(Id);
}
