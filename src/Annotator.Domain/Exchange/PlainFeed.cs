using System.Runtime.CompilerServices;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;

namespace Annotator.Domain.Exchange;

/// <summary>
/// Annotations as people paste them: a line with a passage, then a line with the comment on it, blank lines between as you
/// like; or Markdown quotes (<c>&gt;</c>), each followed by the comment.
/// </summary>
public sealed class PlainFeed
{
    private readonly ImportOptions _options;
    private readonly DateTimeOffset _now;
    private readonly Citation _source;
    private readonly Dictionary<Guid, int> _occurrences = [];
    private long _count;

    internal PlainFeed(ImportOptions options, DateTimeOffset now)
    {
        _options = options;
        _now = now;
        var name = options.FileName ?? "standard-input";
        _source = new Citation(
            options.SourceUri ?? $"urn:x-feed:{Uri.EscapeDataString(name)}",
            options.SourceTitle ?? Path.GetFileNameWithoutExtension(name),
            null,
            null
        );
    }

    internal async IAsyncEnumerable<ImportRecord> RecordsAsync(
        IAsyncEnumerable<FeedLine> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var pair in new FeedPairing(lines).PairsAsync(ct))
            yield return Record(pair);
    }

    private ImportRecord Record(FeedPair pair)
    {
        var size = pair.Lines.Sum(l => sizeof(char) * (l.Text?.Length ?? 0));
        if (pair.Lines.FirstOrDefault(l => l.Text is null) is { } broken)
            return ImportRecord.Refused(pair.Line, $"line {broken.Number} is not UTF-8 text or is too long", size);
        if (_options.AsUser is not { } author)
            return ImportRecord.Refused(pair.Line, new Invalid("user", "required").Message, size);
        return ImportRecord.Of(pair.Line, Draft(pair, author), size);
    }

    private AnnotationDraft Draft(FeedPair pair, Userid author)
    {
        var (passage, comment) = (pair.PassageText, pair.CommentText);
        var content = ContentId.Of(null, author.ToString(), _source.Uri, passage, comment);
        var occurrence = _occurrences[content] = _occurrences.GetValueOrDefault(content) + 1;
        // Lists are sorted by time: a microsecond apart, the store's finest, the comments stay in the order of the feed.
        var created = _now + TimeSpan.FromMicroseconds(_count++);
        return new AnnotationDraft
        {
            Id = occurrence == 1 ? content : ContentId.Of(null, content.ToString(), $"{occurrence}"),
            Source = _source,
            Quote = new Quote(passage),
            Body = comment,
            Provenance = new Provenance(author, null, created, created),
        };
    }
}
