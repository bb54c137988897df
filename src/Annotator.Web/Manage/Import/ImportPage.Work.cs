using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Annotator.Web.Components.Shared;
using Microsoft.JSInterop;

namespace Annotator.Web.Manage.Import;

/// <summary>One activity at a time, with progress, a way to stop it, and a message when it fails.</summary>
public sealed partial class ImportPage
{
    private bool _isReady;
    private Activity? _activity;
    private CancellationTokenSource? _stop;
    private Task _working = Task.CompletedTask;

    /// <summary>Bytes that are to arrive.</summary>
    private long _total;

    private enum Activity
    {
        Sending,
        Reading,
        Importing,
    }

    private bool IsIdle => _isReady && _activity is null;

    // Nothing would answer before the circuit is there, and a file chosen before InputFile has begun to listen, which it does
    // after it was rendered, would be lost.
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        _isReady = true;
        StateHasChanged();
    }

    private double? Percent => (_activity, _progress.Value) switch
    {
        (Activity.Sending, _) => PercentOf(_file?.Length ?? 0, _total),
        (Activity.Importing, { TotalBytes: { } total, BytesRead: var read }) => PercentOf(read, total),
        _ => null,
    };

    private string Doing()
    {
        var words = _activity switch
        {
            Activity.Sending => L["Import.Sending"],
            Activity.Reading => L["Import.Reading"],
            _ => L["Import.Running", _progress.Value?.Records ?? 0],
        };
        return Percent is { } percent ? $"{words} · {percent / 100:P0}" : words;
    }

    private Task DoAsync(Activity activity, Func<CancellationToken, Task> work) =>
        _activity is null ? _working = DoneAsync(activity, work) : Task.CompletedTask;

    private async Task DoneAsync(Activity activity, Func<CancellationToken, Task> work)
    {
        ClearResults();
        using var stop = new CancellationTokenSource();
        (_activity, _stop) = (activity, stop);
        try
        {
            await work(stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            _isStopped = activity == Activity.Importing;
        }
        catch (Refusal refusal)
        {
            _problem = Problem.Say(L, refusal);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or TimeoutException or IOException && activity == Activity.Sending)
        {
            logger.LogInformation(e, "A file did not arrive");
            _problem = L["Import.NotArrived"];
        }
        catch (Exception e)
        {
            logger.LogError(e, "{Activity} a file failed", activity);
            _problem = L["Import.Failed", L["Error.500.Words"]];
        }
        finally
        {
            (_activity, _stop) = (null, null);
        }
    }

    private async Task ShownAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval, clock)) != work)
            StateHasChanged();
        await work;
    }

    private Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    private void ClearResults()
    {
        (_preview, _report, _problem, _isStopped) = (null, null, null, false);
        _progress.Value = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await DropAsync();
    }

    private static double PercentOf(long part, long whole) => whole == 0 ? 0 : Math.Min(100, 100.0 * part / whole);

    private string SizeOf(long bytes) =>
        bytes < Megabyte ? L["Import.Size.KB", Math.Ceiling(bytes / 1024.0)] : L["Import.Size.MB", (double)bytes / Megabyte];

    /// <summary>Keeps the last report for the next time progress is drawn.</summary>
    private sealed class Latest : IProgress<ImportProgress>
    {
        private volatile ImportProgress? _value;

        public ImportProgress? Value
        {
            get => _value;
            set => _value = value;
        }

        public void Report(ImportProgress value) => _value = value;
    }
}
