using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.People;

namespace Annotator.Web.Hosting;

/// <summary>
/// Removes for good, once an hour, what was deleted long enough ago, old records of changes, counts of attempts whose time is over, and
/// sessions and invitations that nobody uses any more.
/// </summary>
internal sealed class Purge(
    AnnotationRemoval removal, ChangeLog changes, IServiceProvider services, DatabaseOutage outage, ILogger<Purge> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(TimeSpan.FromHours(1));
        while (await hours.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var purged = await removal.PurgeAsync(stoppingToken);
                if (purged > 0)
                    logger.LogInformation("Purged {Count} deleted annotations", purged);
                await changes.PruneAsync(stoppingToken);
                await services.GetRequiredService<Attempts>().PruneAsync(stoppingToken);
                await services.GetRequiredService<AccountSessions>().PruneAsync(stoppingToken);
                await services.GetRequiredService<SignUpRules>().PruneAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!outage.Note(e))
                    logger.LogWarning(e, "Deleted annotations could not be purged; trying again in an hour");
            }
        }
    }
}
