using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Annotator.Domain.Live;

/// <summary>Hears from the database what any instance of the program has written, and hands it to the hub.</summary>
public sealed class ChangeListener(IDbContextFactory<AnnotatorDb> databases, ChangeHub hub, TimeProvider clock, ILogger<ChangeListener> logger)
{
    /// <summary>How its connection is called in <c>pg_stat_activity</c>.</summary>
    internal const string ApplicationName = "annotator changes";

    /// <summary>How long to wait before connecting again.</summary>
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
                logger.LogWarning(e, "Changes cannot be heard of; connecting again");
            }

            await Task.Delay(Pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(await OwnConnectionAsync(ct));
        connection.Notification += (_, said) =>
        {
            if (Change.TryParse(said.Payload, out var change))
                hub.Tell(change);
        };
        await connection.OpenAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {ChangeNotice.Channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);
        // Nobody knows what was said while nobody listened.
        hub.TellAll();
        while (true)
            await connection.WaitAsync(ct);
    }

    // Not of the pool, which it would hold a place of for good. Its silence is no proof of life, so it asks now and then.
    private async Task<string> OwnConnectionAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Pooling = false,
            KeepAlive = 30,
            ApplicationName = ApplicationName,
        }.ConnectionString;
    }
}
