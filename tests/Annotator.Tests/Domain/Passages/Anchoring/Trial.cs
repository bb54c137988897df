using System.Text;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;

namespace Annotator.Tests.Domain.Passages.Anchoring;

/// <summary>A quote of one text, and another text in which it is looked for.</summary>
/// <param name="Quote">With 32 characters around it and its position.</param>
/// <param name="Text">The changed text.</param>
/// <param name="Place">Where the quote stands in it, in code points; null when nothing is left of it.</param>
/// <param name="MayBeNone">Whether to place it nowhere is right, too.</param>
internal sealed record Trial(Quote Quote, string Text, (int Start, int End)? Place, bool MayBeNone)
{
    public const char Opening = '\uE000';
    public const char Closing = '\uE001';

    private const int Context = 32;

    /// <summary>Two texts in which marks stand around what is quoted; no marks in the second: it is gone.</summary>
    public static Trial Of(string before, string after, bool mayBeNone)
    {
        var (from, to) = (before.IndexOf(Opening, StringComparison.Ordinal), before.IndexOf(Closing, StringComparison.Ordinal));
        var (prefix, exact, suffix) = (before[..from], before[(from + 1)..to], before[(to + 1)..]);
        var start = CodePoints(prefix);
        var quote = new Quote(
            exact,
            prefix[Whole(prefix, Math.Max(0, prefix.Length - Context))..],
            suffix[..Whole(suffix, Math.Min(suffix.Length, Context))],
            start,
            start + CodePoints(exact));
        (from, to) = (after.IndexOf(Opening, StringComparison.Ordinal), after.IndexOf(Closing, StringComparison.Ordinal));
        return from < 0
            ? new Trial(quote, after, null, true)
            : new Trial(
                quote, after[..from] + after[(from + 1)..to] + after[(to + 1)..],
                (CodePoints(after[..from]), CodePoints(after[..from]) + CodePoints(after[(from + 1)..to])), mayBeNone);
    }

    /// <summary>True: found where it stands, or rightly nowhere. False: at a wrong place. Null: not found.</summary>
    public bool? IsRight(Placement found)
    {
        if (found.Kind is PlacementKind.Unplaced)
            return MayBeNone ? true : null;
        return Place is var (start, end)
            && 2 * (Math.Min(end, found.End) - Math.Max(start, found.Start)) >= Math.Max(end, found.End) - Math.Min(start, found.Start);
    }

    public Placement Found(Func<Quote, Quote> known) => Anchor.Find(known(Quote), SnapshotText.Of(Text));

    // Not between the halves of a surrogate pair.
    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at + 1 : at;

    private static int CodePoints(string text) => text.EnumerateRunes().Count();
}
