using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;

namespace Annotator.Domain.Exchange;

/// <summary>A file of annotations, read once from front to end; only one record of it is held at a time.</summary>
public sealed class AnnotationFile : IAsyncDisposable
{
    private readonly Utf8Input _input;
    private readonly Layout _layout;
    private readonly ImportOptions _options;
    private readonly DateTimeOffset _now;

    private AnnotationFile(Utf8Input input, (ImportFormat Format, Layout Layout) kind, ImportOptions options, DateTimeOffset now)
    {
        _input = input;
        (Format, _layout) = kind;
        _options = options;
        _now = now;
    }

    /// <summary>As asked for, or as recognised.</summary>
    public ImportFormat Format { get; }

    /// <summary>Bytes of the file (of its UTF-8 form) that were read.</summary>
    public long BytesRead => _input.Position;

    /// <param name="input">Stays open; its owner closes it.</param>
    /// <param name="now">The time of annotations that come without one.</param>
    /// <exception cref="ArgumentException">The options neither believe the authors of the file nor name the person it becomes.</exception>
    public static async Task<AnnotationFile> OpenAsync(Stream input, ImportOptions options, DateTimeOffset now, CancellationToken ct)
    {
        if (!options.KeepAuthors && options.AsUser is null)
            throw new ArgumentException("Whose are the annotations?", nameof(options));
        var utf8 = await Utf8Input.OpenAsync(input, ct);
        var (opening, isAll) = await utf8.OpeningAsync(ct);
        return new AnnotationFile(utf8, Recognition.Of(opening, isAll, options.Format), options, now);
    }

    /// <summary>
    /// Every record in the order of the file, each read or refused. Where others' annotations become the importing person's, replies
    /// that stand before what they answer come last. Bad input never throws; a failing stream does.
    /// </summary>
    public IAsyncEnumerable<ImportRecord> RecordsAsync(CancellationToken ct) => new Authorship(_options).OfAsync(AsWrittenAsync(ct), ct);

    /// <summary>Reads the file to its end and reports what an import would store and refuse. Nothing is stored.</summary>
    /// <param name="shown">How many annotations, or pairs of a feed, to show.</param>
    public async Task<ImportPreview> PreviewAsync(int shown, CancellationToken ct)
    {
        if (_layout == Layout.Text)
        {
            return new ImportPreview(
                Format, await FeedPreview.OfAsync(FeedLines.ReadAsync(_input, ct), shown, ct), [], new ImportTally().Report());
        }
        var first = new List<AnnotationDraft>();
        var tally = new ImportTally();
        await foreach (var record in RecordsAsync(ct))
        {
            if (Refusal(record) is { } reason)
                tally.Refuse(record.Number, reason);
            else
                tally.Store(isNew: true);
            if (record.Draft is { } draft && first.Count < shown)
                first.Add(draft);
        }

        return new ImportPreview(Format, null, first, tally.Report());
    }

    public ValueTask DisposeAsync() => _input.DisposeAsync();

    private IAsyncEnumerable<ImportRecord> AsWrittenAsync(CancellationToken ct) => _layout switch
    {
        Layout.Text => new PlainFeed(_options, _now).RecordsAsync(FeedLines.ReadAsync(_input, ct), ct),
        Layout.JsonLines => Records().OfLinesAsync(_input, ct),
        var document => Records().OfDocumentAsync(_input, document == Layout.JsonValues, ct),
    };

    private static string? Refusal(ImportRecord record)
    {
        try
        {
            return record.Draft is { } draft && DraftRules.Checked(draft) is not null ? null : record.Refusal;
        }
        catch (Refusal refusal)
        {
            return refusal.Message;
        }
    }

    private JsonRecords Records() =>
        new(row => Format == ImportFormat.Corpus ? CorpusJson.Read(row, _options, _now) : HypothesisJson.Read(row, _options, _now));
}

/// <summary>What an import would do.</summary>
/// <param name="Feed">How the lines are paired, for a plain feed.</param>
/// <param name="First">The first annotations, for all other formats.</param>
/// <param name="Report">Counts every record that can be read as stored; empty for a feed.</param>
public sealed record ImportPreview(ImportFormat Format, FeedPreview? Feed, IReadOnlyList<AnnotationDraft> First, ImportReport Report);
