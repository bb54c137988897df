namespace Annotator.Domain.Passages.Anchoring;

/// <summary>A stretch of the text that may be the quote, with the figures by which it is compared with others.</summary>
/// <param name="Start">Offset in the folded text, UTF-16 units.</param>
/// <param name="End">Offset after its last unit in the folded text.</param>
/// <param name="Kept">Share of the quoted characters that are unchanged here, 0 to 1.</param>
/// <param name="Context">Share of prefix and suffix that is unchanged here, 0 to 1; null when the quote has neither.</param>
/// <param name="Agreeing">Sides (prefix, suffix) that are long enough to count and are found here: 0 to 2.</param>
/// <param name="IsBesideTheGap">
/// True when prefix and suffix now adjoin somewhere else in the text, i.e. the quoted words were deleted; this candidate is then a
/// coincidence.
/// </param>
/// <param name="Away">Distance to the position of the quote, in code points; null when the quote has no position.</param>
internal sealed record Candidate(int Start, int End, double Kept, double? Context, int Agreeing, bool IsBesideTheGap, int? Away)
{
    /// <summary>Two candidates whose ranks differ by less than this are rivals.</summary>
    private const double Clearly = 0.1;

    public bool IsExact => Kept >= 1;

    public double Confidence =>
        Context is not { } context ? (IsExact ? 0.9 : Kept) : IsExact ? 0.9 + 0.1 * context : 0.8 * Kept + 0.2 * context;

    private double Rank => Kept + 0.5 * (Context ?? 0);

    /// <summary>The candidate that is credible by itself and clearly better than every rival; null when there is none.</summary>
    /// <param name="weight">Weight of the quoted words, in letters (<see cref="FoldedWords.Weight"/>).</param>
    public static Candidate? Choose(IReadOnlyList<Candidate> candidates, int weight)
    {
        if (candidates.OrderByDescending(c => c.Rank).ThenBy(c => c.Away).FirstOrDefault() is not { } best)
            return null;
        var rivals = candidates.Where(c => c != best && !c.IsSamePlace(best) && best.Rank - c.Rank < Clearly).ToList();
        if (rivals.MinBy(c => c.Away) is { } nearest && nearest.Away < best.Away)
        {
            return rivals.Append(best).All(c => c == nearest || nearest.IsClearlyNearerThan(c)) && nearest.IsCredible(weight)
                ? nearest
                : null;
        }
        return best.IsCredible(weight) && rivals.TrueForAll(best.IsClearlyNearerThan) ? best : null;
    }

    // Thresholds found with the mutation test. Short words occur by chance, so the fewer characters are unchanged, the more of
    // the context must be.
    private bool IsCredible(int weight) => (IsExact, Agreeing) switch
    {
        (true, > 0) => true,
        (true, 0) => Context is null || Away == 0 || weight >= 40,
        (false, 2) => Kept >= 0.6,
        (false, 1) => Kept >= 0.65 && Kept * weight >= 16,
        _ when IsBesideTheGap => false,
        _ when Context is null => (Kept >= 0.66 && Kept * weight >= 36) || (Kept >= 0.85 && Kept * weight >= 24),
        _ => (Kept >= 0.75 && Kept * weight >= 60) || (Kept >= 0.85 && Kept * weight >= 40),
    };

    private bool IsClearlyNearerThan(Candidate other) => Away <= 32 && other.Away >= 8 * Away + 64;

    // Changed candidates that overlap are one place. Exact ones are not: "ana" stands twice in "banana".
    private bool IsSamePlace(Candidate other) => !(IsExact && other.IsExact) && Start < other.End && other.Start < End;
}
