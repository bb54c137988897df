using Annotator.Domain.Data;

namespace Annotator.Web.Hosting;

/// <summary>Runs <see cref="DatabaseOutage.WatchAsync"/> for as long as the program serves pages.</summary>
internal sealed class OutageWatching(DatabaseOutage outage) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => outage.WatchAsync(stoppingToken);
}
