using Spectre.Console;

namespace Annotator.Web.Commands;

/// <summary>How far something is, in words and in units of its own.</summary>
/// <param name="Total">Null while it is not known.</param>
internal sealed record WorkProgress(string Text, double Done, double? Total);

/// <summary>Shows how far long work is.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>A moving bar for people, a line now and then for log files.</summary>
    public static async Task<TResult> FollowAsync<TProgress, TResult>(
        Terminal terminal, string title, Func<TProgress, WorkProgress> step, Func<IProgress<TProgress>, Task<TResult>> work)
    {
        if (!terminal.IsInteractive)
        {
            var since = DateTimeOffset.MinValue;
            return await work(new Listening<TProgress>(progress => since = Line(terminal, since, title, step(progress))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                var bar = context.AddTask(Markup.Escape(title)).IsIndeterminate();
                return work(new Listening<TProgress>(progress => Move(bar, title, step(progress))));
            });
    }

    private static void Move(ProgressTask bar, string title, WorkProgress step)
    {
        bar.Description = Markup.Escape($"{title}: {step.Text}");
        if (step.Total is not (> 0 and var total))
            return;
        bar.IsIndeterminate = false;
        bar.MaxValue = total;
        bar.Value = step.Done;
    }

    private static DateTimeOffset Line(Terminal terminal, DateTimeOffset since, string title, WorkProgress step)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (now - since < BetweenLines)
            return since;
        terminal.Error.WriteLine($"{title}: {step.Text}");
        return now;
    }

    // Reports on the thread of the work; System.Progress would report on other threads, late and out of order.
    private sealed class Listening<T>(Action<T> listener) : IProgress<T>
    {
        public void Report(T value) => listener(value);
    }
}
