using Annotator.Domain.Exchange;
using Spectre.Console;

namespace Annotator.Web.Commands;

/// <summary>Shows how far an import is, and what came of it.</summary>
internal static class ImportDisplay
{
    private const int RefusalsShown = 20;
    private const int RecordsPerLine = 50_000;

    /// <summary>A moving bar for people, a line now and then for log files.</summary>
    public static async Task<ImportReport> FollowAsync(Terminal terminal, string title, Func<IProgress<ImportProgress>, Task<ImportReport>> import)
    {
        if (!terminal.IsInteractive)
            return await import(new Listening(p => Line(terminal, title, p)));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(Markup.Escape(title)).IsIndeterminate();
                return import(new Listening(p => Move(bar, title, p)));
            });
    }

    public static async Task<int> ReportAsync(Terminal terminal, ImportReport report)
    {
        await terminal.Out.WriteLineAsync(
            $"read {report.Read}, stored {report.Stored}, there already {report.ThereAlready}, refused {report.RefusedCount}"
        );
        return await RefusalsAsync(terminal, report);
    }

    /// <summary>The refused records as messages, and the exit code that follows from them.</summary>
    public static async Task<int> RefusalsAsync(Terminal terminal, ImportReport report)
    {
        foreach (var refused in report.Refused.Take(RefusalsShown))
            await terminal.Error.WriteLineAsync($"record {refused.Number}: {refused.Reason}");
        if (report.RefusedCount > RefusalsShown)
            await terminal.Error.WriteLineAsync($"… and {report.RefusedCount - RefusalsShown} more");
        return report.RefusedCount == 0 ? CommandLine.Ok : CommandLine.Failed;
    }

    private static void Move(ProgressTask bar, string title, ImportProgress progress)
    {
        bar.Description = Markup.Escape($"{title}: {progress.Records} records");
        if (progress.TotalBytes is not (> 0 and var total))
            return;
        bar.IsIndeterminate = false;
        bar.MaxValue = total;
        bar.Value = progress.BytesRead;
    }

    private static void Line(Terminal terminal, string title, ImportProgress progress)
    {
        if (progress.Records % RecordsPerLine == 0)
            terminal.Error.WriteLine($"{title}: {progress.Records} records, {progress.BytesRead} bytes");
    }

    // System.Progress reports from other threads, late and out of order.
    private sealed class Listening(Action<ImportProgress> listener) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => listener(value);
    }
}
