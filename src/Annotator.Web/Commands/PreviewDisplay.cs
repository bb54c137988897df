using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange;
using Annotator.Domain.Text;

namespace Annotator.Web.Commands;

/// <summary>Shows what an import would do.</summary>
internal static class PreviewDisplay
{
    /// <summary>Annotations or pairs that are shown.</summary>
    public const int Shown = 10;

    private const int LineLength = 100;

    public static async Task<int> ShowAsync(Terminal terminal, ImportPreview preview)
    {
        await terminal.Out.WriteLineAsync($"format {preview.Format}");
        if (preview.Feed is { } feed)
            return await ShowAsync(terminal.Out, feed);
        foreach (var draft in preview.First)
        {
            await terminal.Out.WriteLineAsync(
                $"{Author(draft)} on {draft.Source?.Uri ?? draft.Source?.Title}: {Short(draft.Quote?.Exact)} | {Short(draft.Body)}");
        }
        await terminal.Out.WriteLineAsync(
            $"{preview.Report.Stored} annotations can be imported, {preview.Report.RefusedCount} records are refused");
        return await ImportDisplay.RefusalsAsync(terminal, preview.Report);
    }

    private static async Task<int> ShowAsync(TextWriter output, FeedPreview feed)
    {
        foreach (var pair in feed.First)
        {
            await output.WriteLineAsync($"{pair.Line}: {Short(pair.Passage)}");
            await output.WriteLineAsync(pair.CommentLine is { } line ? $"    {line}: {Short(pair.Comment)}" : "    no comment");
        }

        await output.WriteLineAsync(
            $"{feed.Pairs} passages with a comment, {feed.AloneCount} without{(feed.IsQuoted ? " (Markdown quotes)" : "")}");
        if (feed.Alone.Count > 0)
            await output.WriteLineAsync($"without a comment: line {string.Join(", ", feed.Alone)}");
        foreach (var doubt in feed.Doubts)
        {
            await output.WriteLineAsync(
                $"look at lines {doubt.FromLine} to {doubt.ToLine}: somewhere there a passage has no comment, or a comment several lines");
        }
        return CommandLine.Ok;
    }

    private static string Author(AnnotationDraft draft) => draft.Provenance?.Author.ToString() ?? "";

    private static string Short(string? text) => Cut.Shown((text ?? "").ReplaceLineEndings(" "), LineLength);
}
