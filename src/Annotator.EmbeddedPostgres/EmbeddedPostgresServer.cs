using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>
/// A PostgreSQL server that the program runs for itself, shared by all instances that use the same data root. The last
/// one to be disposed stops it. A server that outlived a killed program is joined by the next start.
/// </summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    private readonly EmbeddedPostgresOptions _options;
    private readonly ILogger _logger;
    private readonly RunningServer _running;
    private Lease? _lease;

    internal EmbeddedPostgresServer(RunningServer running, Lease lease, EmbeddedPostgresOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _running = running;
        _lease = lease;
    }

    /// <summary>Npgsql connection string of the database <c>annotator</c>, with the password.</summary>
    public string ConnectionString => _running.Main;

    /// <summary>Absolute path of the folder of clusters and fetched binaries.</summary>
    public string DataRoot => _running.Root.FullPath;

    public Version ServerVersion => _running.Version;

    /// <summary>Whether this start made the cluster.</summary>
    public bool IsNew => _running.IsNew;

    /// <exception cref="EmbeddedPostgresException">The server cannot work here; the message names the remedy.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a server that this call launched is stopped again.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken ct)
    {
        try
        {
            return await new ServerStart(options, logger).RunAsync(ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            throw new EmbeddedPostgresException(
                $"The embedded PostgreSQL cannot be started: {e.Message} Check that the user {Environment.UserName} owns the data root, "
                + "set another one in EmbeddedPostgres:DataRoot, or set a connection string.", e);
        }
    }

    /// <summary>Leaves the server, and stops it unless another instance uses it. Dispose data sources of it before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _lease, null) is not { } lease)
            return;

        try
        {
            using var limit = new CancellationTokenSource(_options.StopTimeout + TimeSpan.FromSeconds(10));
            using var startLock = await StartLock.TakeAsync(_running.Root.LockFile, _options.StopTimeout, _logger, limit.Token);
            await lease.ReturnAsync(limit.Token);
            _running.ForgetOldConnections();
            if (await Lease.IsHeldAsync(_running.Maintenance, limit.Token))
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
            await lease.DisposeAsync();
        }
    }
}
