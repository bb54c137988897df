using Annotator.Domain.Sources;

namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    /// <summary>
    /// The title of the source as it came with the annotation; null when none came, or when everybody knows the source by it. Others
    /// learn it once the annotation is public.
    /// </summary>
    public string? CitedTitle { get; private set; }

    /// <summary>The author of the source, likewise.</summary>
    public string? CitedAuthor { get; private set; }

    /// <summary>What came with the annotation about its source and is not known to everybody.</summary>
    internal Citation Cited => new(Uri, CitedTitle, CitedAuthor, null);

    /// <summary>
    /// Keeps title and author as they were given, where the public ones of the source are missing or differ
    /// (<see cref="DraftTarget.Unknown"/>).
    /// </summary>
    internal void Cite((string? Title, string? Author) unknown) => (CitedTitle, CitedAuthor) = unknown;
}
