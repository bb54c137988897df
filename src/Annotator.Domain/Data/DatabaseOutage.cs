using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Annotator.Domain.Data;

/// <summary>
/// Whether the database can be asked, as all who ask it find out. A failure that an outage explains is noted here and not logged by whom
/// it meets: the log has one line when an outage begins, one a minute, and one when it ends.
/// </summary>
public sealed class DatabaseOutage(DatabaseProbe probe, TimeProvider clock, ILogger<DatabaseOutage> logger)
    : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Time without a failure after which an outage is over, once the database answers again.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _begun = new(0);
    private long? _began;
    private long _lastFailure;
    private int _refused;

    /// <summary>An outage has begun and not ended.</summary>
    public bool IsOn
    {
        get
        {
            lock (_lock)
                return _began is not null;
        }
    }

    /// <summary>The last question, in an outage, was not answered: whoever asks now would only wait.</summary>
    public bool IsSilent { get; private set; }

    /// <inheritdoc cref="DatabaseFailures.AreOutages"/>
    public static bool Explains(Exception? failure) => DatabaseFailures.AreOutages(failure);

    /// <summary>Notes a failure that an outage explains.</summary>
    /// <param name="ofRequest">Whether somebody was refused a page by it.</param>
    /// <returns>False where an outage does not explain it: it is to be logged by whom it met.</returns>
    public bool Note(Exception failure, bool ofRequest = false)
    {
        if (!Explains(failure))
            return false;
        lock (_lock)
        {
            _lastFailure = clock.GetTimestamp();
            _refused += ofRequest ? 1 : 0;
            if (_began is not null)
                return true;
            _began = _lastFailure;
        }

        logger.LogWarning("The database cannot be asked: {Reason} Requests are refused until it can", DatabaseFailures.ReasonOf(failure));
        _begun.Release();
        return true;
    }

    /// <summary>Notes that somebody was refused a page because the database is silent.</summary>
    public void NoteRefused() => Interlocked.Increment(ref _refused);

    /// <summary>Follows each outage to its end, until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        while (true)
        {
            await _begun.WaitAsync(ct);
            var said = clock.GetTimestamp();
            while (!await HasEndedAsync())
            {
                if (clock.GetElapsedTime(said) >= SayAgain)
                {
                    said = clock.GetTimestamp();
                    logger.LogWarning(
                        "The database has not been as it should for {Minutes} min; {Count} requests were refused",
                        Math.Round(clock.GetElapsedTime(_began ?? said).TotalMinutes),
                        _refused);
                }
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    public void Dispose() => _begun.Dispose();

    private async Task<bool> HasEndedAsync()
    {
        var answers = await probe.AnswersAsync();
        TimeSpan time;
        int refused;
        lock (_lock)
        {
            IsSilent = !answers;
            if (!answers || _began is not { } began || clock.GetElapsedTime(_lastFailure) < Quiet)
                return false;
            (time, refused) = (clock.GetElapsedTime(began), _refused);
            (_began, _refused) = (null, 0);
        }

        logger.LogWarning(
            "The database answers again after {Seconds} s; {Count} requests were refused",
            time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            refused);
        return true;
    }
}
