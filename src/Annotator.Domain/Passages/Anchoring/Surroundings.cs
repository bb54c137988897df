namespace Annotator.Domain.Passages.Anchoring;

/// <summary>Compares the prefix and suffix of a quote with what stands around a possible place of it.</summary>
internal sealed class Surroundings : IDisposable
{
    /// <summary>Contexts shorter than this many letters are ignored: they match elsewhere by chance.</summary>
    private const int LeastLetters = 12;

    /// <summary>Share of a context's characters, 0 to 1, that must be unchanged for the context to count as found.</summary>
    private const double Alike = 0.7;

    /// <summary>The same share where the context decides at which character a changed quote ends.</summary>
    private const double SurelyAlike = 0.75;

    /// <summary>Characters of prefix and of suffix that are sought joined, to see whether the quoted words were deleted.</summary>
    private const int Joint = 24;

    private readonly QuotedWords _words;
    private readonly int? _position;
    private readonly SnapshotText _text;
    private readonly Needle? _before;
    private readonly Needle? _after;
    private readonly bool _isClosed;

    /// <param name="position">Where the quote began in the text that it was taken from, in code points; null when not known.</param>
    public Surroundings(QuotedWords words, int? position, SnapshotText text)
    {
        (_words, _position, _text) = (words, position, text);
        _before = words.Before.Length > 0 ? new Needle(words.Before, isBackward: true) : null;
        _after = words.After.Length > 0 ? new Needle(words.After) : null;
        _isClosed = IsClosed(words.Before[^Math.Min(Joint, words.Before.Length)..], words.After[..Math.Min(Joint, words.After.Length)]);
    }

    private ReadOnlySpan<char> Folded => _text.Words.Text;

    /// <summary>A stretch of the folded text with the figures of its surroundings.</summary>
    /// <param name="start">UTF-16 offset in the folded text.</param>
    /// <param name="end">Offset after its last unit.</param>
    /// <param name="kept"><see cref="Anchoring.Candidate.Kept"/>.</param>
    public Candidate Candidate(int start, int end, double kept)
    {
        var before = _before is null ? 0 : Share(_before, Folded[Math.Max(0, start - Reach(_before))..start]);
        var after = _after is null ? 0 : Share(_after, Folded[end..Math.Min(Folded.Length, end + Reach(_after))]);
        var length = _words.Before.Length + _words.After.Length;
        double? context = length == 0 ? null : (before * _words.Before.Length + after * _words.After.Length) / length;
        // A similar word near a deleted one has partly the same context, so a candidate with many changes does not count here.
        var changes = (1 - kept) * _words.Exact.Length + (1 - before) * _words.Before.Length + (1 - after) * _words.After.Length;
        var isBesideTheGap = _isClosed && changes > 0.5 * _words.Exact.Length;
        var agreeing = isBesideTheGap
            ? 0
            : (IsLongEnough(_words.Before) && before >= Alike ? 1 : 0) + (IsLongEnough(_words.After) && after >= Alike ? 1 : 0);
        var away = _position is { } position ? Math.Abs(_text.CodePoints(_text.Words.Starts[start]) - position) : (int?)null;
        return new Candidate(start, end, kept, context, agreeing, isBesideTheGap, away);
    }

    /// <summary>
    /// Moves the edges of a changed place to where the prefix ends and the suffix begins, if the words at that edge were replaced.
    /// </summary>
    /// <param name="reach">Folded characters that an edge may move at most.</param>
    public (int Start, int End) Bounded(int start, int end, int reach)
    {
        if (IsLongEnough(_words.After) && !EndsAlike(Folded[start..end]))
        {
            var area = (From: Math.Max(start + 1, end - reach), To: Math.Min(Folded.Length, end + reach + _words.After.Length));
            using var needle = new Needle(_words.After, isBackward: true);
            if (area.From < area.To
                && needle.Best(Folded[area.From..area.To], isFixed: false) is var found
                && IsSure(found.Distance, needle))
            {
                end = Math.Max(start + 1, area.To - found.Read);
            }
        }

        if (IsLongEnough(_words.Before) && !StartsAlike(Folded[start..end]))
        {
            var area = (From: Math.Max(0, start - reach - _words.Before.Length), To: Math.Min(end - 1, start + reach));
            using var needle = new Needle(_words.Before);
            if (area.From < area.To
                && needle.Best(Folded[area.From..area.To], isFixed: false) is var found
                && IsSure(found.Distance, needle))
            {
                start = Math.Min(end - 1, area.From + found.Read);
            }
        }

        return (start, end);
    }

    public void Dispose()
    {
        _before?.Dispose();
        _after?.Dispose();
    }

    private bool IsClosed(string before, string after) =>
        FoldedWords.Weight(before + after) >= 2 * LeastLetters && Folded.IndexOf(before + after) >= 0;

    private static int Reach(Needle context) => context.Length + context.Length / 2;

    private static double Share(Needle context, ReadOnlySpan<char> text) =>
        1 - (double)context.Best(text, isFixed: true).Distance / context.Length;

    private static bool IsLongEnough(string context) => FoldedWords.Weight(context) >= LeastLetters;

    private static bool IsSure(int distance, Needle context) => distance <= (1 - SurelyAlike) * context.Length;

    private bool EndsAlike(ReadOnlySpan<char> found) => found.EndsWith(_words.Exact.AsSpan()[^Edge..]);

    private bool StartsAlike(ReadOnlySpan<char> found) => found.StartsWith(_words.Exact.AsSpan()[..Edge]);

    private int Edge => Math.Min(4, _words.Exact.Length);
}
