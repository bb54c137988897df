using Annotator.Domain.Exchange;

namespace Annotator.Web.Commands;

/// <summary>Shows how far an import is, and what came of it.</summary>
internal static class ImportDisplay
{
    private const int RefusalsShown = 20;

    /// <summary>A moving bar for people, a line now and then for log files.</summary>
    public static Task<ImportReport> FollowAsync(
        Terminal terminal, string title, Func<IProgress<ImportProgress>, Task<ImportReport>> import) =>
        ProgressDisplay.FollowAsync(terminal, title, p => new WorkProgress($"{p.Records} records", p.BytesRead, p.TotalBytes), import);

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
}
