namespace Annotator.Domain.Sources.Texts;

/// <summary>A block that is open.</summary>
/// <param name="Name">Null for a line of its own without an element.</param>
/// <param name="Context">The innermost element around its content, itself if it is one.</param>
/// <param name="Depth">Elements from the root on.</param>
internal sealed record SnapshotBlock(string? Name, string Attributes, string? Context, int Depth)
{
    public bool IsWritten { get; set; }
    public bool HasCells { get; set; }
    public int SkippedCells { get; set; }
}

/// <summary>An inline element that is open.</summary>
/// <param name="Name">Null for one that is left out.</param>
internal sealed record SnapshotInline(string? Name, string Attributes)
{
    public bool IsNote => Name is "rt" or "rp";
    public bool IsWritten { get; set; }
}
