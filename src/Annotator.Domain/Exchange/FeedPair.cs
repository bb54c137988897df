namespace Annotator.Domain.Exchange;

/// <summary>A passage of a feed with the comment on it.</summary>
/// <param name="Passage">At least one line.</param>
/// <param name="Comment">Empty for a passage that nothing is said about.</param>
/// <param name="IsQuoted">Whether the passage stands behind Markdown's <c>&gt;</c>.</param>
internal sealed record FeedPair(IReadOnlyList<FeedLine> Passage, IReadOnlyList<FeedLine> Comment, bool IsQuoted = false)
{
    public long Line => Passage[0].Number;
    public long LastLine => (Comment.Count > 0 ? Comment : Passage)[^1].Number;
    public IEnumerable<FeedLine> Lines => Passage.Concat(Comment);

    public string PassageText => string.Join('\n', Passage.Select(l => IsQuoted ? l.Text?.TrimStart('>', ' ') : l.Text));

    /// <summary>Paragraphs stay paragraphs.</summary>
    public string CommentText => string.Concat(Comment.Select((l, i) => i == 0 ? l.Text : (l.FollowsBlank ? "\n\n" : "\n") + l.Text));
}
