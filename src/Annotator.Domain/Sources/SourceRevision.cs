using Annotator.Domain.People;

namespace Annotator.Domain.Sources;

/// <summary>What everybody was told of a source until somebody corrected it.</summary>
public sealed class SourceRevision
{
    public Guid Id { get; private set; }
    public Guid SourceId { get; private set; }

    /// <summary><see cref="Source.Title"/> before.</summary>
    public string Title { get; private set; } = "";

    /// <summary><see cref="Source.Author"/> before.</summary>
    public string? Author { get; private set; }

    /// <summary><see cref="Source.Language"/> before.</summary>
    public string Language { get; private set; } = "";

    /// <summary><see cref="Source.Kind"/> before.</summary>
    public SourceKind Kind { get; private set; }

    /// <summary>The addresses that everybody knew before, the main one first.</summary>
    public string[] Addresses { get; private set; } = [];

    /// <summary>When it was corrected.</summary>
    public DateTimeOffset Corrected { get; private set; }

    /// <summary>Who corrected it; null when the person is not known any more.</summary>
    public Guid? CorrectedById { get; private set; }
    public Person? CorrectedBy { get; private set; }

    private SourceRevision() { }

    /// <param name="source">With its addresses.</param>
    internal static SourceRevision Of(Source source, Guid? person, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SourceId = source.Id,
        Title = source.Title,
        Author = source.Author,
        Language = source.Language,
        Kind = source.Kind,
        Addresses = [.. source.PublicUris],
        Corrected = now,
        CorrectedById = person,
    };
}
