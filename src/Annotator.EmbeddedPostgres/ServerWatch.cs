using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// Keeps one connection to the server, which breaks when the server ends, and starts the server again then. Of several instances the
/// first that gets the <see cref="StartLock"/> does it; the others find it running.
/// </summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    /// <summary>A server that has run for so long did not fail by what was wrong at its start.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private readonly RunningServer _running;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _watching;
    private readonly ServerRevival _revival;

    public ServerWatch(RunningServer running, ILogger logger)
    {
        _running = running;
        _logger = logger;
        _revival = new ServerRevival(running, logger);
        _watching = Task.Run(() => WatchAsync(_end.Token));
    }

    /// <summary>See <see cref="EmbeddedPostgresServer.Lost"/>.</summary>
    public Task Lost => _lost.Task;

    /// <summary>The number of the server's process that serves the connection; 0 before the first.</summary>
    public int Session { get; private set; }

    /// <summary>Ends watching; a server that is being started is stopped again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var up = new Deadline(Settled);
                while (await HoldAsync(ct))
                    await Task.Delay(ServerRevival.FirstPause, ct);
                await _revival.BringBackAsync(hadSettled: up.Passed, ct);
            }
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Nobody uses it any more.
        }
        catch (Exception e)
        {
            _lost.SetException(e);
        }
    }

    /// <summary>Connects, and waits until the connection ends.</summary>
    /// <returns>False when there was no connection.</returns>
    private async Task<bool> HoldAsync(CancellationToken ct)
    {
        var isOpen = false;
        try
        {
            await using var connection = new NpgsqlConnection(_running.Maintenance);
            await connection.OpenAsync(ct);
            Session = connection.ProcessID;
            await FormerLease.TakeAsync(connection, ct);
            isOpen = true;
            while (true)
                await connection.WaitAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            _logger.LogDebug("The connection to PostgreSQL of {Folder} ended: {Reason}", _running.Root.FullPath, e.Message);
            return isOpen;
        }
    }
}
