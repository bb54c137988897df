using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// A PostgreSQL server that the program runs for itself, shared by all instances that use the same data root. When it ends, it is started
/// again at the same address. The last instance to be disposed stops it. A server that outlived a killed program is joined by the next
/// start.
/// </summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions _options;
    private readonly ILogger _logger;
    private readonly RunningServer _running;
    private readonly ServerWatch _watch;
    private Lease? _lease;

    internal EmbeddedPostgresServer(RunningServer running, Lease lease, ILogger logger)
    {
        _options = running.Programs.Options;
        _logger = logger;
        _running = running;
        _lease = lease;
        _watch = new ServerWatch(running, logger);
    }

    /// <summary>Npgsql connection string of the database <c>annotator</c>, with the password.</summary>
    public string ConnectionString => _running.Main;

    /// <summary>Absolute path of the folder of clusters and fetched binaries.</summary>
    public string DataRoot => _running.Root.FullPath;

    public Version ServerVersion => _running.Programs.Binaries.Version;

    /// <summary>Whether this start made the cluster.</summary>
    public bool IsNew => _running.IsNew;

    /// <summary>
    /// Ends with an <see cref="EmbeddedPostgresException"/> when the server has ended and cannot be started again; while it runs, or
    /// may be running again soon, it does not end.
    /// </summary>
    public Task Lost => _watch.Lost;

    /// <exception cref="EmbeddedPostgresException">The server cannot work here; the message names the remedy.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a server that this call launched is stopped again.</exception>
    public static Task<EmbeddedPostgresServer> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct) =>
        new ServerStart(options, logger).RunAsync(ct);

    /// <summary>Leaves the server, and stops it unless another instance uses it. Dispose data sources of it before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _lease, null) is not { } lease)
            return;

        // First, so that it does not start again what is stopped here. It also stops what it was starting just now.
        await _watch.DisposeAsync();
        try
        {
            using var limit = new CancellationTokenSource(_options.StopTimeout + TimeSpan.FromSeconds(10));
            using var startLock = await StartLock.TakeAsync(_running.Root.LockFile, _options.StopTimeout, _logger, limit.Token);
            lease.Dispose();
            _running.ForgetOldConnections();
            if (Lease.IsHeld(_running.Root) || await FormerLease.IsHeldAsync(_running.Maintenance, _watch.Session, limit.Token))
            {
                _logger.LogDebug("Another instance uses PostgreSQL of {Folder}: left running", DataRoot);
                return;
            }

            await _running.Control.StopAsync(limit.Token);
        }
        catch (Exception e) when (e is EmbeddedPostgresException or IOException or NpgsqlException or OperationCanceledException
            or UnauthorizedAccessException)
        {
            _logger.LogWarning("PostgreSQL of {Folder} could not be stopped, or was gone already: {Reason}", DataRoot, e.Message);
        }
        finally
        {
            lease.Dispose();
        }
    }
}
