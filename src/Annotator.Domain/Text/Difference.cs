namespace Annotator.Domain.Text;

/// <summary>What a stretch of a comparison is.</summary>
public enum DifferenceKind
{
    Same,
    Removed,
    Added,
}

/// <summary>One stretch of a comparison.</summary>
public sealed record Difference(DifferenceKind Kind, string Text);
