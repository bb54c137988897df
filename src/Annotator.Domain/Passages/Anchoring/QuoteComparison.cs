namespace Annotator.Domain.Passages.Anchoring;

/// <summary>Compares the words of a quote with what stands in a text.</summary>
internal sealed class QuoteComparison(Quote quote, QuotedWords words, SnapshotText text, Surroundings surroundings) : IDisposable
{
    /// <summary>What counts as kept of a number that is part of another one.</summary>
    private const double PartOfNumber = 0.5;

    /// <summary>What an inserted character counts for beside a replaced one: the quoted words are still there.</summary>
    private const double CostOfInserted = 1.0 / 3;

    private readonly Lazy<string> _unchanged = new(() => FoldedWords.Of(quote.Exact).Text.Trim(AnchorFolding.Dash).ToString());
    private readonly Lazy<Needle> _needle = new(() => new Needle(words.Exact));

    /// <summary>Share of the quoted characters that a stretch of the folded text has, 0 to 1.</summary>
    public double Kept(int start, int end)
    {
        var inserted = Math.Max(0, end - start - words.Exact.Length);
        var changes = _needle.Value.Distance(text.Words.Text[start..end]) - (1 - CostOfInserted) * inserted;
        return start == end ? 0 : Math.Max(0, 1 - changes / words.Exact.Length);
    }

    /// <summary>A stretch of the folded text as a candidate.</summary>
    /// <param name="kept">Share of the quoted characters that it has, 0 to 1.</param>
    public Candidate Candidate(int start, int end, double kept)
    {
        if (kept >= 1 && IsPartOfNumber(start, end))
            kept = PartOfNumber;
        return surroundings.Candidate(start, end, kept, kept >= 1 && IsUnchanged(text.Words.Starts[start]..text.Words.Ends[end - 1]));
    }

    // 5 is not in 15.
    private bool IsPartOfNumber(int start, int end)
    {
        var folded = text.Words.Text;
        return (start > 0 && start < folded.Length && IsWithinNumber(folded[start - 1], folded[start]) && !IsCut(words.Before, words.Exact))
            || (end > start && end < folded.Length && IsWithinNumber(folded[end - 1], folded[end]) && !IsCut(words.Exact, words.After));

        static bool IsWithinNumber(char before, char after) => char.IsAsciiDigit(before) && char.IsAsciiDigit(after);

        static bool IsCut(string before, string after) =>
            before is [.., var last] && after is [var first, ..] && IsWithinNumber(last, first);
    }

    // What stands beside the words decides whether a dash at their edge is one of a compound.
    private bool IsUnchanged(Range original)
    {
        var there = text.Text.AsSpan(original);
        return there.SequenceEqual(quote.Exact)
            || FoldedWords.Of(there.ToString()).Text.Trim(AnchorFolding.Dash).SequenceEqual(_unchanged.Value);
    }

    public void Dispose()
    {
        if (_needle.IsValueCreated)
            _needle.Value.Dispose();
    }
}
