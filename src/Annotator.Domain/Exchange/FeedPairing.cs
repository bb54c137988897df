using System.Runtime.CompilerServices;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>Finds out which lines of a feed are passages and which are the comments on them.</summary>
internal sealed class FeedPairing(IAsyncEnumerable<FeedLine> lines)
{
    /// <summary>Lines read ahead: two pairs, as one pair out of order may be an exception.</summary>
    private const int LinesAhead = 4;

    private readonly List<FeedLine> _ahead = [];
    private readonly List<FeedPair> _finished = [];
    private readonly LanguagePairHeuristic _languages = new();
    private FeedPair? _held;
    private long _sureUntil;

    /// <summary>Whether the feed marks its passages as Markdown quotes.</summary>
    public bool IsQuoted { get; private set; }

    /// <summary>Stretches where lines were left over or joined, as far as the pairs were read.</summary>
    public List<FeedDoubt> Doubts { get; } = [];

    /// <summary>The pairs in the order of the feed; a few lines are read ahead to see misalignments.</summary>
    public async IAsyncEnumerable<FeedPair> PairsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var reader = lines.GetAsyncEnumerator(ct);
        for (var isMore = true; isMore || _ahead.Count > 0;)
        {
            while (isMore && _ahead.Count < LinesAhead && (isMore = await reader.MoveNextAsync()))
                _ahead.Add(reader.Current);
            IsQuoted |= _sureUntil == 0 && _held is null && _ahead is [{ IsQuote: true }, ..];
            if (_ahead.Count > 0)
                Step();
            foreach (var pair in _finished)
                yield return pair;
            _finished.Clear();
        }

        if (_held is not null)
            yield return _held;
    }

    private void Step()
    {
        if (IsQuoted)
            TakeQuoted();
        else if (_held is not null && IsOutOfStep())
            Realign(_held);
        else
            TakePair();
    }

    private void TakeQuoted()
    {
        var line = _ahead[0];
        _ahead.RemoveAt(0);
        if (_held is null || (line.IsQuote && (_held.Comment.Count > 0 || line.FollowsBlank)))
            Hold(new FeedPair([line], [], IsQuoted: true));
        else if (line.IsQuote)
            _held = _held with { Passage = [.. _held.Passage, line] };
        else if (_held.Comment.Sum(l => l.Text?.Length ?? 0) <= Limits.Body)
            _held = _held with { Comment = [.. _held.Comment, line] };
    }

    private bool IsOutOfStep() =>
        _ahead.Count == 1
            ? _languages.IsComment(_ahead[0])
            : _languages.IsTurned(_ahead[0], _ahead[1]) && (_ahead.Count < LinesAhead || _languages.IsTurned(_ahead[2], _ahead[3]));

    // The next line is a comment. Either the line before it is its passage, or it goes on with the comment before it.
    private void Realign(FeedPair held)
    {
        var comment = _ahead[0];
        _ahead.RemoveAt(0);
        if (held.Comment is [var passage] && _languages.IsPassage(passage))
        {
            Doubts.Add(new FeedDoubt(_sureUntil + 1, held.Line));
            _finished.Add(held with { Comment = [] });
            _held = new FeedPair([passage], [comment]);
        }
        else
        {
            Doubts.Add(new FeedDoubt(comment.Number, comment.Number));
            _held = held with { Comment = [.. held.Comment, comment] };
        }

        _sureUntil = comment.Number;
    }

    private void TakePair()
    {
        var pair = new FeedPair([_ahead[0]], [.. _ahead.Skip(1).Take(1)]);
        _ahead.RemoveRange(0, Math.Min(2, _ahead.Count));
        if (_languages.Count(pair))
            _sureUntil = pair.LastLine;
        Hold(pair);
    }

    private void Hold(FeedPair pair)
    {
        if (_held is not null)
            _finished.Add(_held);
        _held = pair;
    }
}

/// <summary>
/// Lines whose pairing should be looked at: somewhere among them a line was left over, or one was joined to the comment before it.
/// </summary>
public sealed record FeedDoubt(long FromLine, long ToLine);
