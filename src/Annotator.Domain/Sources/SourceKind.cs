namespace Annotator.Domain.Sources;

/// <summary>What a source is. Its number is stored.</summary>
public enum SourceKind
{
    /// <summary>Nobody said.</summary>
    Unknown = 0,
    Page = 1,
    Article = 2,
    Book = 3,
    Report = 4,
    Law = 5,
    Poem = 6,
    Letter = 7,
    Talk = 8,
}
