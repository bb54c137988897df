namespace Annotator.Domain.Exchange;

/// <summary>
/// Many feeds read in one writing system and comment in another. Once that is a custom, lines out of step show themselves.
/// </summary>
internal sealed class FeedCustom
{
    private const int PairsThatMakeACustom = 3;

    private readonly Dictionary<(Writing Passage, Writing Comment), int> _pairs = [];
    private (Writing Passage, Writing Comment)? _custom;

    /// <returns>Whether the pair follows the custom.</returns>
    public bool Learn(FeedPair pair)
    {
        if (pair.Comment.Count == 0)
            return false;
        var writings = (Of(pair.Passage[0]), Of(pair.Comment[0]));
        if (writings.Item1 == writings.Item2 || writings.Item1 == Writing.None || writings.Item2 == Writing.None)
            return false;
        _pairs[writings] = _pairs.GetValueOrDefault(writings) + 1;
        var (commonest, count) = _pairs.MaxBy(p => p.Value);
        _custom = count >= PairsThatMakeACustom ? commonest : null;
        return _custom == writings;
    }

    public bool IsPassage(FeedLine line) => _custom?.Passage == Of(line);

    public bool IsComment(FeedLine line) => _custom?.Comment == Of(line);

    public bool IsTurned(FeedLine first, FeedLine second) => IsComment(first) && IsPassage(second);

    private static Writing Of(FeedLine line) => Writings.Of(line.Text ?? "");
}
