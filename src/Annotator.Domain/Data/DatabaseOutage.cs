using Annotator.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Annotator.Domain.Data;

/// <summary>
/// Whether the database can be asked, as all who ask it find out. A failure that an outage or a crowd explains is noted here and not
/// logged by whom it meets: the log has one line when it begins, one a minute, and one when it ends.
/// </summary>
/// <remarks>
/// Who has waited in vain, for a connection or for an answer, does not know why. That is an outage only when the database does not
/// answer the probe either, twice, nor anybody else meanwhile. Otherwise it is busy, and only those are refused who have waited.
/// </remarks>
public sealed class DatabaseOutage(DatabaseProbe probe, TimeProvider clock, ILogger<DatabaseOutage> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly OutageLog _log = new(logger);
    private readonly Spell _outage = new(TimeSpan.FromSeconds(2), clock);
    private readonly Spell _crowd = new(TimeSpan.FromSeconds(30), clock);
    private int _unanswered;

    /// <summary>An outage has begun and not ended.</summary>
    public bool IsOn
    {
        get
        {
            lock (_lock)
                return _outage.IsOn;
        }
    }

    /// <summary>The database does not answer anybody: whoever asks now would only wait.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>Whether an outage or a crowd explains a failure.</summary>
    public static bool Explains(Exception? failure) => DatabaseFailures.KindOf(failure) is not DatabaseFailure.Other;

    /// <summary>Notes a failure that an outage or a crowd explains.</summary>
    /// <param name="ofRequest">Whether somebody was refused a page by it.</param>
    /// <returns>False where neither explains it: it is to be logged by whom it met.</returns>
    public bool Note(Exception failure, bool ofRequest = false)
    {
        var kind = DatabaseFailures.KindOf(failure);
        if (kind is not DatabaseFailure.Other)
            Note(kind, DatabaseFailures.ReasonOf(failure), ofRequest);
        return kind is not DatabaseFailure.Other;
    }

    /// <summary>Notes that somebody was refused a page because too many others wait for theirs.</summary>
    public void NoteCrowd() => Note(DatabaseFailure.Late, "More pages are asked for than can be made.", ofRequest: true);

    /// <summary>Notes that somebody was refused a page because the database is silent.</summary>
    public void NoteRefused()
    {
        lock (_lock)
            _outage.Refuse();
        Telemetry.Refused("outage");
    }

    /// <summary>Follows each outage and each crowd to its end, until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken ct)
    {
        while (true)
        {
            await _begun.WaitAsync(ct);
            while (!await HaveEndedAsync())
                await Task.Delay(Pause, clock, ct);
        }
    }

    public void Dispose() => _begun.Dispose();

    private void Note(DatabaseFailure kind, string reason, bool ofRequest)
    {
        bool begins, isOutage;
        lock (_lock)
        {
            isOutage = _outage.IsOn || kind is DatabaseFailure.Outage;
            begins = !_outage.IsOn && (isOutage || !_crowd.IsOn);
            (isOutage ? _outage : _crowd).Note(reason, ofRequest);
            // What is late is looked at first: the log says once what it is.
            if (begins && isOutage)
                BeginOutage();
        }

        if (begins)
            _begun.Release();
        if (ofRequest)
            Telemetry.Refused(isOutage ? "outage" : "busy");
    }

    private async Task<bool> HaveEndedAsync()
    {
        var answers = await probe.AnswersAsync();
        lock (_lock)
        {
            _unanswered = answers ? 0 : _unanswered + 1;
            if (_crowd.IsOn && !_outage.IsOn && _unanswered > 1)
            {
                _outage.Note("It does not answer.", ofRequest: false);
                BeginOutage();
            }

            IsSilent = !answers && _outage.IsOn;
            _log.Follow(_outage, _crowd, answers);
            return !_outage.IsOn && !_crowd.IsOn;
        }
    }

    private void BeginOutage()
    {
        if (_crowd.IsOn)
            _outage.Continue(_crowd);
        probe.ForgetConnections();
        _log.Begin(_outage);
    }
}
