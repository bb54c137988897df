namespace Annotator.Domain.Passages.Anchoring;

/// <summary>How alike the surroundings of a candidate are to those of the quote.</summary>
/// <param name="Share">Share of the characters of prefix and suffix that are unchanged, 0 to 1.</param>
/// <param name="Fit">
/// The same by which candidates are compared: half of it is what stands right beside the words, as far as it is unchanged, 0 to 1.
/// </param>
/// <param name="Agreeing">Sides that are long enough to count and are found here: 0 to 2.</param>
/// <param name="IsPartly">Whether one side is found here, and the other one, long enough to count, is not.</param>
/// <param name="WeightOfWords">
/// How much the words count beside the surroundings: their length by that of the surroundings, at most 1.
/// </param>
internal sealed record Likeness(double Share, double Fit, int Agreeing, bool IsPartly, double WeightOfWords)
{
    /// <summary>Share of a context's characters that must be unchanged for the context to count as found.</summary>
    public const double Alike = 0.7;
}
