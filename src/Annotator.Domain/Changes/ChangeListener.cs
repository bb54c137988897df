using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.Domain.Changes;

/// <summary>
/// Reads the records that any instance of the program adds to the change log and hands each to the hub, once. While it is
/// connected it is notified of ids after the commit; after a gap it reads what was committed meanwhile (<see cref="ChangeReading"/>).
/// </summary>
public sealed class ChangeListener(
    IDbContextFactory<AnnotatorDb> databases, ChangeHub hub, Viewers viewers, DatabaseOutage outage, TimeProvider clock,
    ILogger<ChangeListener> logger)
{
    /// <summary>The name of its connection in <c>pg_stat_activity</c>.</summary>
    internal const string ApplicationName = "annotator changes";

    /// <summary>The channel on which triggers notify of a person whose rights have changed.</summary>
    private const string RightsChannel = "annotator_rights";

    private readonly ChangeReading _reading = new();

    // Another failure is logged once, not at each attempt.
    private bool _isLost;

    /// <summary>Time between two attempts to connect.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Listens until it is cancelled, also beyond the loss of its connection.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!outage.Note(e) && !_isLost)
                    logger.LogWarning("Changes cannot be heard of, connecting again: {Reason}", e.Message);
                _isLost = true;
            }

            viewers.Notified(false);
            await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var db = await OwnContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        List<long> ids = [];
        connection.Notification += (_, notification) =>
        {
            if (!string.Equals(notification.Channel, RightsChannel, StringComparison.Ordinal))
                ids.AddRange(ChangeReading.Ids(notification.Payload));
            else if (Guid.TryParse(notification.Payload, out var person))
                Outdate(person);
        };
        // Listen before reading: what is committed between the two arrives twice, and nothing is missed.
        await db.Database.ExecuteSqlRawAsync($"listen {ChangeLog.Channel}; listen {RightsChannel}", ct);
        viewers.Notified(true);
        await OutdateChangedAsync(ct);
        Publish(await _reading.CatchUpAsync(db, ct));
        if (_reading.IsAnew)
            hub.PublishUnknown();
        _isLost = false;
        while (true)
        {
            while (ids.Count == 0)
                await connection.WaitAsync(ct);
            long[] notified = [.. ids];
            ids.Clear();
            Publish(await _reading.ReadAsync(db, notified, ct));
        }
    }

    // Ends subscriptions of people whose rights changed while there was no connection.
    private async Task OutdateChangedAsync(CancellationToken ct)
    {
        foreach (var (personId, version) in hub.RightsInUse())
        {
            var now = await viewers.OfAsync(personId, ct);
            if (now.PersonId != personId || now.RightsVersion != version)
                hub.Outdate(personId);
        }
    }

    private void Outdate(Guid personId)
    {
        viewers.Forget(personId);
        hub.Outdate(personId);
    }

    private void Publish(IReadOnlyList<Change> changes)
    {
        foreach (var change in changes)
            hub.Publish(change);
    }

    // A connection of its own: it would block one of the pool for good. Keep-alives find out when it is dead.
    private async Task<AnnotatorDb> OwnContextAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, KeepAlive = 30 };
        own.ApplicationName = ApplicationName;
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, own.ConnectionString);
        return new AnnotatorDb(options.Options);
    }
}
