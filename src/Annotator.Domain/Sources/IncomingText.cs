using Annotator.Domain.Access;

namespace Annotator.Domain.Sources;

/// <summary>A text that somebody brings, not read yet.</summary>
public abstract record IncomingText
{
    private IncomingText() { }

    /// <summary>Gets the number of texts that are read before this one, 0 once it is read itself.</summary>
    public IProgress<int>? Ahead { get; init; }

    /// <summary>A file of any of the formats of <see cref="Texts.TextFormats"/>.</summary>
    /// <param name="Content">At most <see cref="Texts.TextWorkerOptions.LargestFile"/> bytes are read; stays open.</param>
    /// <param name="Name">With its ending.</param>
    public sealed record File(Stream Content, string Name) : IncomingText;

    /// <summary>Words that somebody typed or pasted.</summary>
    public sealed record Pasted(string Markdown) : IncomingText;

    /// <summary>A page or file of the web, which the program fetches.</summary>
    public sealed record Page(Uri Address) : IncomingText;
}

/// <summary>Details that a person gives of a text they bring. What is left out is taken from the text itself.</summary>
public sealed record TextDetails
{
    /// <summary>
    /// The source that gets a newer text; then its title, author and addresses stay as they are. Null: the source of the address,
    /// or a new one.
    /// </summary>
    public Guid? SourceId { get; init; }

    /// <summary>Where the text is from (http, https, doi, urn). A fetched page has its own address.</summary>
    public string? Uri { get; init; }
    public string? Title { get; init; }
    public string? Author { get; init; }

    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>False: only the person who adds the text reads it.</summary>
    public bool Shared { get; init; } = true;

    /// <summary>Public id of the group that reads it when it is shared.</summary>
    public string GroupId { get; init; } = Viewer.PublicGroup;
}
