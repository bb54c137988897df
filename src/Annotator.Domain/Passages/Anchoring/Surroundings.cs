namespace Annotator.Domain.Passages.Anchoring;

/// <summary>What stood before and after a quote, to tell its place from others.</summary>
internal sealed class Surroundings : IDisposable
{
    /// <summary>Fewer letters are alike by chance.</summary>
    private const int LettersThatSay = 12;
    private const double Alike = 0.7;
    private const double SurelyAlike = 0.75;

    /// <summary>As much of each side, joined, shows that nothing stands between them any more.</summary>
    private const int Joint = 24;

    private readonly QuotedWords _words;
    private readonly int? _position;
    private readonly SnapshotText _text;
    private readonly Needle? _before;
    private readonly Needle? _after;
    private readonly bool _isClosed;

    public Surroundings(QuotedWords words, int? position, SnapshotText text)
    {
        (_words, _position, _text) = (words, position, text);
        _before = words.Before.Length > 0 ? new Needle(words.Before, isBackward: true) : null;
        _after = words.After.Length > 0 ? new Needle(words.After) : null;
        _isClosed = IsClosed(words.Before[^Math.Min(Joint, words.Before.Length)..], words.After[..Math.Min(Joint, words.After.Length)]);
    }

    private ReadOnlySpan<char> Folded => _text.Words.Text;

    public Candidate Candidate(int start, int end, double kept)
    {
        var before = _before is null ? 0 : Share(_before, Folded[Math.Max(0, start - Reach(_before))..start]);
        var after = _after is null ? 0 : Share(_after, Folded[end..Math.Min(Folded.Length, end + Reach(_after))]);
        var length = _words.Before.Length + _words.After.Length;
        double? context = length == 0 ? null : (before * _words.Before.Length + after * _words.After.Length) / length;
        // Where a word was removed its like nearby stands in fairly like surroundings.
        var changes = (1 - kept) * _words.Exact.Length + (1 - before) * _words.Before.Length + (1 - after) * _words.After.Length;
        var isBesideTheGap = _isClosed && changes > 0.5 * _words.Exact.Length;
        var agreeing = isBesideTheGap ? 0 : (Says(_words.Before) && before >= Alike ? 1 : 0) + (Says(_words.After) && after >= Alike ? 1 : 0);
        var away = _position is { } position ? Math.Abs(_text.CodePoints(_text.Words.Starts[start]) - position) : (int?)null;
        return new Candidate(start, end, kept, context, agreeing, isBesideTheGap, away);
    }

    /// <summary>Where the words at an edge were replaced, the place ends where its surroundings begin.</summary>
    /// <param name="reach">How many characters an edge may move.</param>
    public (int Start, int End) Bounded(int start, int end, int reach)
    {
        if (Says(_words.After) && !EndsAlike(Folded[start..end]))
        {
            var area = (From: Math.Max(start + 1, end - reach), To: Math.Min(Folded.Length, end + reach + _words.After.Length));
            using var needle = new Needle(_words.After, isBackward: true);
            if (area.From < area.To && needle.Best(Folded[area.From..area.To], isFixed: false) is var found && IsSure(found.Distance, needle))
                end = Math.Max(start + 1, area.To - found.Read);
        }

        if (Says(_words.Before) && !StartsAlike(Folded[start..end]))
        {
            var area = (From: Math.Max(0, start - reach - _words.Before.Length), To: Math.Min(end - 1, start + reach));
            using var needle = new Needle(_words.Before);
            if (area.From < area.To && needle.Best(Folded[area.From..area.To], isFixed: false) is var found && IsSure(found.Distance, needle))
                start = Math.Min(end - 1, area.From + found.Read);
        }

        return (start, end);
    }

    public void Dispose()
    {
        _before?.Dispose();
        _after?.Dispose();
    }

    private bool IsClosed(string before, string after) => FoldedWords.Weight(before + after) >= 2 * LettersThatSay && Folded.IndexOf(before + after) >= 0;

    private static int Reach(Needle context) => context.Length + context.Length / 2;

    private static double Share(Needle context, ReadOnlySpan<char> text) =>
        1 - (double)context.Best(text, isFixed: true).Distance / context.Length;

    private static bool Says(string context) => FoldedWords.Weight(context) >= LettersThatSay;

    private static bool IsSure(int distance, Needle context) => distance <= (1 - SurelyAlike) * context.Length;

    private bool EndsAlike(ReadOnlySpan<char> found) => found.EndsWith(_words.Exact.AsSpan()[^Edge..]);

    private bool StartsAlike(ReadOnlySpan<char> found) => found.StartsWith(_words.Exact.AsSpan()[..Edge]);

    private int Edge => Math.Min(4, _words.Exact.Length);
}
