using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>Starts, joins and stops the server of one cluster. The caller holds the <see cref="StartLock"/>.</summary>
internal sealed class ServerControl(ServerPrograms programs, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ClusterFolder _cluster = programs.Cluster;
    private readonly EmbeddedPostgresOptions _options = programs.Options;

    private enum Answer
    {
        /// <summary>Nobody listens at the address.</summary>
        None,

        /// <summary>Somebody listens, and takes no connections yet or any more.</summary>
        Busy,

        Connected,
    }

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
        string[] arguments = ["stop", "-s", "-D", _cluster.Data, "-m", "fast", "-w", "-t", Seconds(_options.StopTimeout)];
        var run = await programs.RunAsync("pg_ctl", arguments, _options.StopTimeout + TimeSpan.FromSeconds(5), ct);
        if (run.ExitCode == 0)
        {
            logger.LogInformation("Stopped PostgreSQL of {Folder}", _cluster.FullPath);
        }
        else if (PostmasterPid.Read(_cluster) is { IsAlive: true } pid)
        {
            logger.LogWarning(
                "PostgreSQL (process {Pid}) did not stop within {Seconds} s: {Output}", pid.Pid, Seconds(_options.StopTimeout), run.Output);
        }
    }

    // Connects to a running server before its process is looked up: the server may run in another container that shares the folder.
    private async Task<ServerAddress?> JoinAsync(Deadline deadline, CancellationToken ct)
    {
        while (PostmasterPid.Read(_cluster) is { } pid)
        {
            var answer = pid.Address is { } address ? await AnswerAsync(pid, address, ct) : Answer.None;
            if (answer is Answer.Connected)
            {
                logger.LogInformation(
                    "Joined the running PostgreSQL (process {Pid}) at {Host}:{Port}", pid.Pid, pid.Address!.Host, pid.Address.Port);
                return pid.Address;
            }

            if (answer is Answer.None && !pid.IsAlive)
                return null;

            if (deadline.Passed)
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL (process {pid.Pid}) of {_cluster.FullPath} "
                    + $"has not answered for {_options.StartTimeout.TotalSeconds:0} s. It may be recovering "
                    + $"after a crash: start again later, or see {_cluster.Logs}.") { MayHeal = true };
            }

            await Task.Delay(Pause, ct);
        }

        return null;
    }

    private async Task<Answer> AnswerAsync(PostmasterPid pid, ServerAddress address, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(
                address.ConnectionString(_cluster.ReadPassword(), ServerAddress.Maintenance, pooling: false));
            await connection.OpenAsync(ct);
            return Answer.Connected;
        }
        // SQLSTATE class 28: the password is refused. Reported only while the process is alive: a stale file may name a port where
        // another server listens by now.
        catch (PostgresException e) when (e.SqlState.StartsWith("28", StringComparison.Ordinal))
        {
            return pid.IsAlive
                ? throw new EmbeddedPostgresException(
                    $"The running PostgreSQL of {_cluster.FullPath} "
                    + $"does not accept the password in {_cluster.PasswordFile}. Restore that file.", e)
                : Answer.None;
        }
        catch (PostgresException e)
        {
            // It starts, recovers or stops; or it runs, and cannot take one more connection.
            return e.SqlState is PostgresErrorCodes.CannotConnectNow ? Answer.Busy : Answer.Connected;
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            return Answer.Busy;
        }
        catch (NpgsqlException)
        {
            return Answer.None;
        }
    }

    /// <returns>False when backends of a killed server are still at work and the start is to be tried again.</returns>
    private async Task<bool> StartAsync(ServerAddress address, Deadline deadline, CancellationToken ct)
    {
        _cluster.WriteSettings(ServerSettings.Text(address, _options));
        File.Delete(_cluster.StartLog);
        var logs = new ServerLogs(_cluster);
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

        var reasons = logs.Reasons();
        if (reasons.Contains("is still in use", StringComparison.Ordinal) && !deadline.Passed)
        {
            logger.LogDebug("Waiting for the last backends of a killed server");
            return false;
        }

        if (PostmasterPid.Read(_cluster) is { IsAlive: true } recovering)
        {
            throw new EmbeddedPostgresException(
                $"PostgreSQL (process {recovering.Pid}) of {_cluster.FullPath} did not start within "
                + $"{_options.StartTimeout.TotalSeconds:0} s. A recovery after a crash goes on by itself: start again later.")
            {
                MayHeal = true,
            };
        }

        var tried = $"PostgreSQL {programs.Binaries.Version} of {programs.Binaries.Directory} did not start in {_cluster.FullPath}";
        if (reasons.Length > 0)
            throw programs.Failure.Of(tried, reasons);
        // Most of what pg_ctl says itself is that it failed.
        throw run.Output.Contains("FATAL", StringComparison.Ordinal)
            ? programs.Failure.Of(tried, run.Output)
            : programs.Failure.OfSilence(tried);
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

    private static string Seconds(TimeSpan span) => Math.Max(1, (int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
