namespace Annotator.Domain.Passages.Anchoring;

/// <summary>A stretch of the text that may be the quote, with the figures by which it is compared with others.</summary>
/// <param name="Start">Offset in the folded text, UTF-16 units.</param>
/// <param name="End">
/// Offset after its last unit in the folded text. Equal to the start: a gap, where prefix and suffix adjoin and the words are missing.
/// </param>
/// <param name="Kept">Share of the quoted characters that are here, 0 to 1.</param>
/// <param name="IsExact">Whether the words are unchanged; when all are here, case or vowel points may still differ.</param>
/// <param name="Context">What the surroundings say; null when the quote has none.</param>
/// <param name="Away">Distance to the position of the quote, in code points; null when the quote has no position.</param>
internal sealed record Candidate(int Start, int End, double Kept, bool IsExact, Likeness? Context, int? Away)
{
    /// <summary>Two candidates whose ranks differ by less than this are rivals.</summary>
    private const double Clearly = 0.1;

    /// <summary>What is lost in rank by words that differ in case or vowel points.</summary>
    private const double Loosely = 0.15;

    /// <summary>
    /// What a gap counts for in place of the share of the words: that they were taken out of their surroundings is likelier than that
    /// they moved to others.
    /// </summary>
    private const double Missing = 0.5;

    public bool IsGap => Start == End;

    public double Confidence => (IsExact, Context?.Share) switch
    {
        (true, null) => 0.9,
        (true, { } share) => 0.9 + 0.1 * share,
        (false, null) => Math.Min(Kept, 0.97),
        (false, { } share) => 0.8 * Math.Min(Kept, 0.97) + 0.2 * share,
    };

    // Words and surroundings count alike, but few words count less than the many characters around them.
    private double Rank
    {
        get
        {
            var words = IsGap ? Missing : Kept - (Kept >= 1 && !IsExact ? Loosely : 0);
            return Context is { } context ? context.WeightOfWords * words + context.Fit : words;
        }
    }

    private int Agreeing => Context?.Agreeing ?? 0;

    /// <summary>The candidate that is credible by itself and clearly better than every rival; null when there is none.</summary>
    /// <param name="weight">Weight of the quoted words, in letters (<see cref="FoldedWords.Weight"/>).</param>
    public static Candidate? Choose(IReadOnlyList<Candidate> candidates, int weight)
    {
        if (candidates.OrderByDescending(c => c.Rank).ThenBy(c => c.Away).FirstOrDefault() is not { } best)
            return null;
        var rivals = candidates.Where(c => c != best && !c.IsSamePlace(best) && best.Rank - c.Rank < Clearly).ToList();
        if (rivals.MinBy(c => c.Away) is { } nearest && nearest.Away < best.Away)
            (rivals, best) = ([.. rivals.Where(c => c != nearest), best], nearest);
        if (!best.IsCredible(weight) || !rivals.TrueForAll(best.IsClearlyNearerThan))
            return null;
        // Words that stand several times may have lost the very place that was quoted: then one side of another looks like it.
        var isRepeated = best.Context is { IsPartly: true } && candidates.Any(c => c != best && c.Kept >= 1 && !c.IsSamePlace(best));
        return isRepeated && !candidates.Where(c => c != best && c.Kept >= 1).All(best.IsClearlyNearerThan) ? null : best;
    }

    /// <summary>Whether nothing can be better: the words, and what is known of their surroundings, are here.</summary>
    public bool IsWhole => IsExact && Context is null or { Fit: >= 1 };

    // Thresholds found with the mutation test. Short words occur by chance, so the fewer characters are unchanged, the more of
    // the context must be.
    private bool IsCredible(int weight) => (Kept >= 1, Agreeing) switch
    {
        _ when IsGap => false,
        (true, > 0) => true,
        (true, 0) => Context is null or { Share: >= Likeness.Alike } || Away == 0 || weight >= 40,
        (false, 2) => Kept >= 0.55,
        (false, 1) => Kept >= 0.65 && Kept * weight >= 16,
        _ when Context is null => (Kept >= 0.66 && Kept * weight >= 36) || (Kept >= 0.85 && Kept * weight >= 24),
        _ => (Kept >= 0.75 && Kept * weight >= 60) || (Kept >= 0.85 && Kept * weight >= 40),
    };

    private bool IsClearlyNearerThan(Candidate other) => Away <= 100 && other.Away >= 3 * Away + 8;

    // Changed candidates that overlap are one place. Exact ones are not: "ana" stands twice in "banana".
    private bool IsSamePlace(Candidate other) => !(Kept >= 1 && other.Kept >= 1) && Start < other.End && other.Start < End;
}
