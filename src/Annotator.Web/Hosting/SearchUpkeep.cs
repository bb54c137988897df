using Annotator.Domain.Data;
using Annotator.Domain.Search;

namespace Annotator.Web.Hosting;

/// <summary>
/// At start, in the background: indexes what has no index, and makes the index anew when its analysis has changed. Later, once a
/// minute: rewrites the entries of groups that have become private or have ceased to be.
/// </summary>
internal sealed class SearchUpkeep(IndexUpkeep upkeep, DatabaseOutage outage, TimeProvider clock, ILogger<SearchUpkeep> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isComplete = await CompleteAsync(stoppingToken);
        using var minutes = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await minutes.WaitForNextTickAsync(stoppingToken))
        {
            isComplete = isComplete || await CompleteAsync(stoppingToken);
            try
            {
                await upkeep.RegroupAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!outage.Note(e))
                    logger.LogWarning(e, "Entries of a group could not be rewritten; trying again in a minute");
            }
        }
    }

    /// <returns>False when it is to be tried again, because the database could not be asked.</returns>
    private async Task<bool> CompleteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await upkeep.ResetAsync(stoppingToken))
                logger.LogInformation("Took into the search index what a broken-off import had left beside it");
            var swept = await upkeep.SweepAsync(stoppingToken);
            if (swept > 0)
                logger.LogInformation("Indexed {Count} texts that had no index", swept);
            if (!await upkeep.IsOutdatedAsync(stoppingToken))
                return true;
            logger.LogInformation("The search index is of an earlier version; making it anew beside it");
            if (await upkeep.RebuildAsync(null, stoppingToken))
                logger.LogInformation("The search index is new");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (outage.Note(e))
                return false;
            logger.LogWarning(e, "The search index could not be completed; \"index rebuild\" does it at any time");
        }

        return true;
    }
}
