using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Annotator.Web.Components.Shared;
using Annotator.Web.Resources;
using Microsoft.JSInterop;

namespace Annotator.Web.Manage.Import;

/// <summary>
/// What the page of imports does with a file: one thing at a time, with progress, a way to stop it, and words when it fails.
/// </summary>
/// <param name="draw">Draws the page anew; it is called within the circuit.</param>
public sealed class ImportWork(Words words, TimeProvider clock, ILogger logger, Action draw) : IProgress<ImportProgress>, IAsyncDisposable
{
    /// <summary>How often progress is drawn.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _stop;
    private Task _working = Task.CompletedTask;

    // Kept for the next time progress is drawn: an import reports from its own thread.
    private volatile ImportProgress? _progress;

    /// <summary>Null when nothing is being done.</summary>
    public ImportActivity? Activity { get; private set; }

    /// <summary>How far an import is; null before its first records are stored.</summary>
    public ImportProgress? Progress => _progress;

    /// <summary>Why the last thing was not done, in the language of the page; null when it was.</summary>
    public string? Problem { get; set; }

    /// <summary>Whether an import was stopped: what it had stored by then stays.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Does something, unless something else is being done.</summary>
    public Task DoAsync(ImportActivity activity, Func<CancellationToken, Task> work) =>
        Activity is null ? _working = DoneAsync(activity, work) : Task.CompletedTask;

    /// <summary>Waits for a part of the work and draws the page meanwhile.</summary>
    public async Task ShownAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval, clock)) != work)
            draw();
        await work;
    }

    public Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    /// <summary>Forgets how the last thing went.</summary>
    public void Clear() => (Problem, IsStopped, _progress) = (null, false, null);

    void IProgress<ImportProgress>.Report(ImportProgress value) => _progress = value;

    /// <summary>Stops what is being done, and waits until it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task DoneAsync(ImportActivity activity, Func<CancellationToken, Task> work)
    {
        Clear();
        using var stop = new CancellationTokenSource();
        (Activity, _stop) = (activity, stop);
        try
        {
            await work(stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            IsStopped = activity == ImportActivity.Importing;
        }
        catch (Refusal refusal)
        {
            Problem = Components.Shared.Problem.Say(words, refusal);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or TimeoutException or IOException
            && activity == ImportActivity.Sending)
        {
            logger.LogInformation(e, "A file did not arrive");
            Problem = words["Import.NotArrived"];
        }
        catch (Exception e)
        {
            logger.LogError(e, "{Activity} a file failed", activity);
            Problem = words["Import.Failed", words["Error.500.Words"]];
        }
        finally
        {
            (Activity, _stop) = (null, null);
        }
    }
}

/// <summary>What can be done with a file.</summary>
public enum ImportActivity
{
    /// <summary>It is on its way from the browser.</summary>
    Sending,

    /// <summary>Its first records are read, for the preview.</summary>
    Reading,
    Importing,
}
