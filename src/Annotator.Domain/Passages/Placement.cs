namespace Annotator.Domain.Passages;

/// <summary>How a quote was found in a text.</summary>
public enum PlacementKind
{
    /// <summary>The words stand there as quoted.</summary>
    Exact,

    /// <summary>Similar words stand there; <see cref="Placement.Text"/> has them.</summary>
    Changed,

    /// <summary>The words are not in the text, or in several places of which none is clearly the quote's.</summary>
    Unplaced,

    /// <summary>A person decided that the passage is about the source as a whole from now on.</summary>
    WholeSource,
}

/// <summary>Where a quote stands in a text.</summary>
/// <param name="Start">Unicode code points before it (W3C TextPositionSelector); whole graphemes. 0 when unplaced.</param>
/// <param name="End">Offset after its last code point. 0 when unplaced.</param>
/// <param name="Confidence">0 (unplaced) to 1 (words and context unchanged).</param>
/// <param name="Text">What stands there now, as the text writes it; empty when unplaced.</param>
public sealed record Placement(PlacementKind Kind, int Start, int End, double Confidence, string Text)
{
    public static Placement Unplaced { get; } = new(PlacementKind.Unplaced, 0, 0, 0, "");

    public static Placement OfWholeSource { get; } = new(PlacementKind.WholeSource, 0, 0, 1, "");
}
