using Annotator.Domain.Data;
using Annotator.Domain.Reading;

namespace Annotator.Web.Hosting;

/// <summary>
/// Counts anew what is said about the sources that were written about, two seconds later; less often while that takes long.
/// </summary>
internal sealed class CountUpkeep(SourceCounts counts, DatabaseOutage outage, TimeProvider clock, ILogger<CountUpkeep> logger)
    : BackgroundService
{
    /// <summary>Pause after counting, as a multiple of the time that it took: counting then takes a tenth of a core at most.</summary>
    private const int Thrift = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Another failure is logged once, not at each attempt.
        var hasFailed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var start = clock.GetTimestamp();
            try
            {
                await counts.RenewAsync(stoppingToken);
                hasFailed = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!outage.Note(e) && !hasFailed)
                    logger.LogWarning(e, "What is said about sources could not be counted; readers count it themselves until then");
                hasFailed = true;
            }

            var rest = clock.GetElapsedTime(start) * Thrift;
            await Task.Delay(rest > Pause ? rest : Pause, clock, stoppingToken);
        }
    }
}
