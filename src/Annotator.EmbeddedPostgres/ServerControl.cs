using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>Starts, joins and stops the server of one cluster. The caller holds the <see cref="StartLock"/>.</summary>
internal sealed class ServerControl(ServerPrograms programs, EmbeddedPostgresOptions options, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ClusterFolder _cluster = programs.Cluster;

    /// <returns>Where the server listens, and whether this call started it.</returns>
    /// <exception cref="EmbeddedPostgresException">The server did not start or answer within the limit.</exception>
    public async Task<(ServerAddress Address, bool Started)> EnsureRunningAsync(Deadline deadline, CancellationToken ct)
    {
        _cluster.Prepare(programs.Account);
        while (true)
        {
            if (await JoinAsync(deadline, ct) is { } running)
                return (running, false);

            PostmasterPid.Read(_cluster)?.Retire(_cluster, programs.Account);
            var address = ServerAddress.ChooseFor(_cluster);
            if (await StartAsync(address, deadline, ct))
                return (address, true);

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>Stops the server when there is one; a failure is logged, for the next start can cope with what is left.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        string[] arguments = ["stop", "-s", "-D", _cluster.Data, "-m", "fast", "-w", "-t", Seconds(options.StopTimeout)];
        var run = await programs.RunAsync("pg_ctl", arguments, options.StopTimeout + TimeSpan.FromSeconds(5), ct);
        if (run.ExitCode == 0)
        {
            logger.LogInformation("Stopped PostgreSQL of {Folder}", _cluster.FullPath);
        }
        else if (PostmasterPid.Read(_cluster) is { IsAlive: true } pid)
        {
            logger.LogWarning(
                "PostgreSQL (process {Pid}) did not stop within {Seconds} s: {Output}", pid.Pid, Seconds(options.StopTimeout), run.Output);
        }
    }

    // Connects to a running server before its process is looked up: the server may run in another container that shares the folder.
    private async Task<ServerAddress?> JoinAsync(Deadline deadline, CancellationToken ct)
    {
        while (PostmasterPid.Read(_cluster) is { } pid)
        {
            if (pid.Address is { } address && await AnswersAsync(pid, address, ct))
            {
                logger.LogInformation(
                    "Joined the running PostgreSQL (process {Pid}) at {Host}:{Port}", pid.Pid, address.Host, address.Port);
                return address;
            }

            if (!pid.IsAlive)
                return null;

            if (deadline.Passed)
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL (process {pid.Pid}) of {_cluster.FullPath} "
                    + $"has not answered for {options.StartTimeout.TotalSeconds:0} s. It may be recovering "
                    + $"after a crash: start again later, or see {_cluster.Logs}. {LastWords()}");
            }

            await Task.Delay(Pause, ct);
        }

        return null;
    }

    private async Task<bool> AnswersAsync(PostmasterPid pid, ServerAddress address, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                address.ConnectionString(_cluster.ReadPassword(), ServerAddress.Maintenance, pooling: false));
            await connection.OpenAsync(ct);
            return true;
        }
        // SQLSTATE class 28: the password is refused. Reported only while the process is alive: a stale file may name a port where
        // another server listens by now.
        catch (PostgresException e) when (e.SqlState.StartsWith("28", StringComparison.Ordinal) && pid.IsAlive)
        {
            throw new EmbeddedPostgresException(
                $"The running PostgreSQL of {_cluster.FullPath} "
                + $"does not accept the password in {_cluster.PasswordFile}. Restore that file.", e);
        }
        catch (NpgsqlException)
        {
            // Starting, stopping or gone: the caller looks which.
            return false;
        }
    }

    /// <returns>False when backends of a killed server are still at work and the start is to be tried again.</returns>
    private async Task<bool> StartAsync(ServerAddress address, Deadline deadline, CancellationToken ct)
    {
        _cluster.WriteSettings(ServerSettings.Text(address, options.Durable));
        File.Delete(_cluster.StartLog);
        var run = await LaunchAsync(deadline.Remaining, ct);
        if (run.ExitCode == 0)
        {
            logger.LogInformation(
                "Started PostgreSQL {Version} of {Bin} at {Host}:{Port}",
                programs.Binaries.Version,
                programs.Binaries.Directory,
                address.Host,
                address.Port);
            return true;
        }

        var lastWords = LastWords();
        if (lastWords.Contains("is still in use", StringComparison.Ordinal) && !deadline.Passed)
        {
            logger.LogDebug("Waiting for the last backends of a killed server");
            return false;
        }

        throw new EmbeddedPostgresException(
            $"PostgreSQL {programs.Binaries.Version} of {programs.Binaries.Directory} did not start "
                + $"in {_cluster.FullPath} within {options.StartTimeout.TotalSeconds:0} s: "
            + $"{run.Output} {lastWords} Mend what it names; the folder and all in data, run and log must belong to the user "
            + $"'{programs.Account?.Name ?? Environment.UserName}'. A recovery after a crash goes on by itself: then start again later.");
    }

    private async Task<ProgramRun> LaunchAsync(TimeSpan limit, CancellationToken ct)
    {
        string[] arguments = ["start", "-s", "-D", _cluster.Data, "-l", _cluster.StartLog, "-w", "-t", Seconds(limit)];
        try
        {
            return await programs.RunAsync("pg_ctl", arguments, limit + TimeSpan.FromSeconds(5), ct);
        }
        catch (OperationCanceledException)
        {
            // pg_ctl is gone, the server it launched is not, and may be too young to have written its process number.
            for (var patience = new Deadline(TimeSpan.FromSeconds(2)); PostmasterPid.Read(_cluster) is not { IsAlive: true }
                && !patience.Passed;)
            {
                await Task.Delay(Pause, CancellationToken.None);
            }

            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    private string LastWords()
    {
        const int enough = 2000;
        var said = from file in Directory.EnumerateFiles(_cluster.Logs).OrderByDescending(File.GetLastWriteTimeUtc).Take(2)
                   let text = File.ReadAllText(file)
                   select $"{Path.GetFileName(file)}: {text[Math.Max(0, text.Length - enough)..].Trim()}";
        return string.Join(" | ", said);
    }

    private static string Seconds(TimeSpan span) => Math.Max(1, (int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
