namespace Annotator.Domain.Sources;

/// <summary>
/// An id that a source or a passage had before it was merged into another. Links to it lead to what has everything now, and forms that
/// were open meanwhile are stored there.
/// </summary>
public sealed class FormerId
{
    public Guid Id { get; private set; }

    /// <summary>The source that has it now.</summary>
    public Guid SourceId { get; private set; }

    /// <summary>The passage that it is now; null where <see cref="Id"/> is that of a source.</summary>
    public Guid? PassageId { get; private set; }

    /// <summary>
    /// The first address of the source that is gone: its links go along when the address is parted. Null for one without.
    /// </summary>
    public string? Uri { get; private set; }

    private FormerId() { }
}
