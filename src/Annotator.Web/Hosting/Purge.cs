using Annotator.Domain.Annotations;

namespace Annotator.Web.Hosting;

/// <summary>Removes for good, once an hour, what was deleted long enough ago.</summary>
internal sealed class Purge(AnnotationWriter writer, TimeProvider clock, ILogger<Purge> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hours.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var purged = await writer.PurgeAsync(stoppingToken);
                if (purged > 0)
                    logger.LogInformation("Purged {Count} deleted annotations", purged);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Deleted annotations could not be purged; trying again in an hour");
            }
        }
    }
}
