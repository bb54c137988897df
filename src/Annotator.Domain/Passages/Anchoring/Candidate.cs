namespace Annotator.Domain.Passages.Anchoring;

/// <summary>A place that may be the quote's.</summary>
/// <param name="Start">In folded units of the text.</param>
/// <param name="End">In folded units of the text.</param>
/// <param name="Kept">Share of the words that still stand there, 0 to 1.</param>
/// <param name="Context">How alike the surroundings are, 0 to 1; null when the quote has none.</param>
/// <param name="Agreeing">How many sides of the surroundings are long enough to say something and alike: 0 to 2.</param>
/// <param name="IsBesideTheGap">Whether the surroundings stand joined in the text and differ here: the words were removed from between them.</param>
/// <param name="Away">Code points between the old place and this one; null when the quote has no position.</param>
internal sealed record Candidate(int Start, int End, double Kept, double? Context, int Agreeing, bool IsBesideTheGap, int? Away)
{
    /// <summary>Less than this apart, two places are equally good.</summary>
    private const double Clearly = 0.1;

    public bool IsExact => Kept >= 1;

    public double Confidence => Context is not { } context ? (IsExact ? 0.9 : Kept) : IsExact ? 0.9 + 0.1 * context : 0.8 * Kept + 0.2 * context;

    private double Rank => Kept + 0.5 * (Context ?? 0);

    /// <summary>The one that is good enough and clearly better than all others, else null.</summary>
    /// <param name="weight">What the quoted words say, in letters.</param>
    public static Candidate? Choose(IReadOnlyList<Candidate> candidates, int weight)
    {
        if (candidates.OrderByDescending(c => c.Rank).ThenBy(c => c.Away).FirstOrDefault() is not { } best)
            return null;
        var rivals = candidates.Where(c => c != best && !c.IsSamePlace(best) && best.Rank - c.Rank < Clearly).ToList();
        if (rivals.MinBy(c => c.Away) is { } nearest && nearest.Away < best.Away)
            return rivals.Append(best).All(c => c == nearest || nearest.IsClearlyNearerThan(c)) && nearest.IsCredible(weight) ? nearest : null;
        return best.IsCredible(weight) && rivals.TrueForAll(best.IsClearlyNearerThan) ? best : null;
    }

    // Few words stand somewhere by chance: the fewer are left, the more the surroundings must say.
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

    // Words that repeat themselves stand in several places that share characters: for exact words these are rivals.
    private bool IsSamePlace(Candidate other) => !(IsExact && other.IsExact) && Start < other.End && other.Start < End;
}
