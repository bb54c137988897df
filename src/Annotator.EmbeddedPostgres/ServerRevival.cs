using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.EmbeddedPostgres;

/// <summary>Starts a server again that has ended, at its address, or waits until one that is recovering answers.</summary>
internal sealed class ServerRevival(RunningServer running, ILogger logger)
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private TimeSpan _pause = TimeSpan.Zero;

    private EmbeddedPostgresOptions Options => running.Programs.Options;

    /// <summary>The pause before the next try: half a second after none, else twice the last one, up to the longest.</summary>
    public static TimeSpan PauseAfter(TimeSpan last, EmbeddedPostgresOptions options) =>
        TimeSpan.FromTicks(Math.Min(options.LongestPause.Ticks, Math.Max(FirstPause.Ticks, last.Ticks * 2)));

    /// <param name="hadSettled">Whether it had run for so long that it is no failure of its last start.</param>
    /// <exception cref="EmbeddedPostgresException">It cannot be started, and waiting does not help.</exception>
    public async Task BringBackAsync(bool hadSettled, CancellationToken ct)
    {
        if (hadSettled)
            _pause = TimeSpan.Zero;
        logger.LogWarning("PostgreSQL of {Folder} has ended or is recovering: bringing it back", running.Root.FullPath);
        var (began, said, reason) = (new Deadline(TimeSpan.Zero), new Deadline(SayAgain), "");
        for (var tries = 1; await FailureAsync(ct) is { } failure; tries++)
        {
            if (failure.MayHeal)
                tries = 0;
            else if (tries >= Options.MostTries)
                throw failure;
            // Said when it is new, and once a minute.
            if (!string.Equals(failure.Message, reason, StringComparison.Ordinal) || said.Passed)
            {
                logger.LogError("{Reason} Trying again every {Seconds:0} s", failure.Message, Options.LongestPause.TotalSeconds);
                (reason, said) = (failure.Message, new Deadline(SayAgain));
            }
        }

        logger.LogInformation("PostgreSQL of {Folder} is back after {Seconds:0.0} s", running.Root.FullPath, began.Elapsed.TotalSeconds);
    }

    /// <summary>Tries once to have a server that runs, after a pause that becomes longer.</summary>
    /// <returns>Null when one runs.</returns>
    private async Task<EmbeddedPostgresException?> FailureAsync(CancellationToken ct)
    {
        await Task.Delay(_pause, ct);
        _pause = PauseAfter(_pause, Options);
        try
        {
            await EnsureRunningAsync(ct);
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return e as EmbeddedPostgresException
                ?? running.Programs.Failure.Of("The embedded PostgreSQL cannot be started again", e.Message, e);
        }
    }

    private async Task EnsureRunningAsync(CancellationToken ct)
    {
        using var startLock = await StartLock.TakeAsync(running.Root.LockFile, Options.StartTimeout, logger, ct);
        var (address, started) = await running.Control.EnsureRunningAsync(new Deadline(Options.StartTimeout), ct);
        if (address != running.Address)
        {
            throw new EmbeddedPostgresException(
                $"PostgreSQL of {running.Root.FullPath} listens at {address.Host}:{address.Port} now, "
                + $"no longer at {running.Address.Host}:{running.Address.Port}. Start the program again.");
        }

        if (!started)
            return;
        // Pools of the program may have another connection string than this library gave: all of them lead to this server.
        NpgsqlConnection.ClearAllPools();
        await new ServerDatabase(address, running.Password, logger).RefreshCollationsAsync(ct);
    }
}
