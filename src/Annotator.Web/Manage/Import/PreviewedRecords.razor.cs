using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange;
using Annotator.Domain.Text;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Manage.Import;

/// <summary>What an import would bring: its kind, its counts and its first records.</summary>
public sealed partial class PreviewedRecords
{
    private string Kind => Preview.Feed is { IsQuoted: true } ? "Quoted" : Preview.Format.ToString();

    private const int ExcerptLength = 600;
    private const int LinesNamed = 20;

    private ElementReference _heading;

    [Parameter, EditorRequired]
    public ImportPreview Preview { get; set; } = default!;

    private IReadOnlyList<Record> Shown =>
        Preview.Feed is { } feed ? [.. feed.First.Select(Record.Of)] : [.. Preview.First.Select(Record.Of)];

    // It appears below what was clicked, on a phone out of sight.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _heading.FocusAsync();
    }

    private static string Stretch(FeedDoubt doubt) =>
        doubt.FromLine == doubt.ToLine ? $"{doubt.FromLine:N0}" : $"{doubt.FromLine:N0}–{doubt.ToLine:N0}";

    private static string Lines(IEnumerable<string> lines, long count) =>
        string.Join(" · ", lines.Take(LinesNamed)) + (count > LinesNamed ? " …" : "");

    private static string Excerpt(string text) => Cut.Shown(text, ExcerptLength);

    private sealed record Record(
        string? Source, string Passage, string? PassageLanguage, string Comment, string? CommentLanguage, long? Line, long? CommentLine)
    {
        // Only lines that are no text make a passage of a feed without words.
        public bool IsUnreadable => Line is not null && Passage.Length == 0;

        public static Record Of(PreviewedPair pair) => new(null, pair.Passage, null, pair.Comment, null, pair.Line, pair.CommentLine);

        public static Record Of(AnnotationDraft draft) =>
            new(
                draft.Source?.Title ?? draft.Source?.Uri,
                draft.Quote?.Exact ?? "",
                draft.Source?.Language,
                draft.Body,
                draft.Language,
                null,
                null);
    }
}
