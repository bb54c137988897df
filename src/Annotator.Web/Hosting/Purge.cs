using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;

namespace Annotator.Web.Hosting;

/// <summary>Removes for good, once an hour, what was deleted long enough ago, and old records of changes.</summary>
internal sealed class Purge(AnnotationRemoval removal, ChangeLog changes, TimeProvider clock, ILogger<Purge> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hours.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var purged = await removal.PurgeAsync(stoppingToken);
                if (purged > 0)
                    logger.LogInformation("Purged {Count} deleted annotations", purged);
                await changes.PruneAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Deleted annotations could not be purged; trying again in an hour");
            }
        }
    }
}
