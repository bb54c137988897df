using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>What a start hands over to the instance that uses the server.</summary>
internal sealed record RunningServer(
    DataRoot Root, ServerPrograms Programs, ServerControl Control, ServerAddress Address, string Password, bool IsNew)
{
    /// <summary>Connection string of the program's database.</summary>
    public string Main => Address.ConnectionString(Password, ServerAddress.Database);

    /// <summary>Connection string of the maintenance database, for single connections.</summary>
    public string Maintenance => Address.ConnectionString(Password, ServerAddress.Maintenance, pooling: false);

    /// <summary>Pooled connections of this process to an earlier server at the same place are dead.</summary>
    public void ForgetOldConnections()
    {
        using var connection = new NpgsqlConnection(Main);
        NpgsqlConnection.ClearPool(connection);
    }
}

/// <summary>One start: choose binaries, make the cluster if there is none, start or join the server, take a lease.</summary>
internal sealed class ServerStart(EmbeddedPostgresOptions options, ILogger logger)
{
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    public async Task<EmbeddedPostgresServer> RunAsync(CancellationToken ct)
    {
        for (var (said, reason, pause) = (new Deadline(SayAgain), "", TimeSpan.Zero);;)
        {
            try
            {
                return await TryAsync(ct);
            }
            catch (EmbeddedPostgresException e) when (e.MayHeal && options.Waits)
            {
                // Said when it is new, and once a minute.
                if (!string.Equals(e.Message, reason, StringComparison.Ordinal) || said.Passed)
                {
                    logger.LogError(
                        "{Reason} The program waits, and tries again every {Seconds:0} s", e.Message, options.LongestPause.TotalSeconds);
                    (reason, said) = (e.Message, new Deadline(SayAgain));
                }
            }

            pause = ServerRevival.PauseAfter(pause, options);
            await Task.Delay(pause, ct);
        }
    }

    private async Task<EmbeddedPostgresServer> TryAsync(CancellationToken ct)
    {
        var root = DataRoot.Open(options);
        try
        {
            return await RunAsync(root, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            throw new StartFailure(root.FullPath, options, Environment.UserName)
                .Of("The embedded PostgreSQL cannot be started", e.Message, e);
        }
    }

    private async Task<EmbeddedPostgresServer> RunAsync(DataRoot root, CancellationToken ct)
    {
        using var startLock = await StartLock.TakeAsync(root.LockFile, options.StartTimeout + options.FetchTimeout, logger, ct);
        var account = ServerAccount.Choose(options, root, logger);
        var binaries = await new BinarySearch(options, root, account, logger).FindAsync(ct);

        var deadline = new Deadline(options.StartTimeout);
        var cluster = root.Cluster(binaries.Major);
        var programs = new ServerPrograms(binaries, account, cluster, options);
        var isNew = await new ClusterCreation(programs, logger).EnsureAsync(deadline, ct);
        cluster.WritePrivate(cluster.BinariesNote, binaries.Directory + "\n", owner: null);
        if (account is not null)
            cluster.WritePrivate(root.ServerUserNote, account.Name + "\n", owner: null);

        var password = cluster.ReadPassword();
        var control = new ServerControl(programs, logger);
        var (address, started) = await control.EnsureRunningAsync(deadline, ct);
        var running = new RunningServer(root, programs, control, address, password, isNew);
        return await UseAsync(running, started, ct);
    }

    private async Task<EmbeddedPostgresServer> UseAsync(RunningServer running, bool started, CancellationToken ct)
    {
        try
        {
            var database = new ServerDatabase(running.Address, running.Password, logger);
            await database.EnsureAsync(ct);
            if (started)
            {
                running.ForgetOldConnections();
                await database.RefreshCollationsAsync(ct);
            }

            return new EmbeddedPostgresServer(running, Lease.Take(running.Root), logger);
        }
        catch when (started)
        {
            await running.Control.StopAsync(CancellationToken.None);
            throw;
        }
    }
}
