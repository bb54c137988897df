using Annotator.Domain.Access;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>How a file of annotations is written.</summary>
public enum ImportFormat
{
    /// <summary>Recognised from the first bytes.</summary>
    Auto,

    /// <summary>Annotations as the Hypothesis API and client write them: search result, array, export file or JSON Lines.</summary>
    Hypothesis,

    /// <summary>JSON Lines with the keys <c>quote</c>, <c>lang_source</c>, <c>lang_text</c> … of a test corpus.</summary>
    Corpus,

    /// <summary>Text: a line with a passage, then a line with the comment on it; or Markdown quotes with comments.</summary>
    Plain,
}

/// <summary>Options of an import.</summary>
public sealed record ImportOptions
{
    public ImportFormat Format { get; init; } = ImportFormat.Auto;

    /// <summary>The authority of user names that have none.</summary>
    public required string DefaultAuthority { get; init; }

    /// <summary>
    /// Who wrote the records that name nobody. Null is the person who imports; at the command line, where there is none, such records
    /// are refused.
    /// </summary>
    public Userid? AsUser { get; init; }

    /// <summary>
    /// Whether the authors and groups of the file are believed: <see cref="Permissions.ImportForOthers"/>. Otherwise everything
    /// becomes <see cref="AsUser"/>'s, and the author named in the file is kept beside it.
    /// </summary>
    public bool KeepAuthors { get; init; }

    /// <summary>
    /// Public ids of the groups that the person who imports writes in, as <see cref="Importer"/> says. Counts only where authors are
    /// not believed.
    /// </summary>
    internal IReadOnlyCollection<string> Groups { get; init; } = [Viewer.PublicGroup];

    /// <summary>What a plain feed is about; null takes the file name.</summary>
    public string? SourceTitle { get; init; }

    /// <summary>Address of what a plain feed is about; null takes <c>urn:x-feed:</c> and the file name.</summary>
    public string? SourceUri { get; init; }

    /// <summary>The name of the file without its folder; null for standard input.</summary>
    public string? FileName { get; init; }

    /// <summary>
    /// The same as they hold for a viewer: whoever is not allowed more imports as themselves, into the groups they write in.
    /// </summary>
    /// <param name="self">Null for the operator.</param>
    /// <exception cref="Forbidden">The viewer may not import like this.</exception>
    internal ImportOptions For(Viewer viewer, Userid? self)
    {
        if (KeepAuthors || (AsUser is { } other && other != self))
            viewer.Require(Permissions.ImportForOthers, Standing.Anywhere);
        return this with { AsUser = AsUser ?? self, Groups = [Viewer.PublicGroup, .. viewer.Writes] };
    }
}
