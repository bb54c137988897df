using Annotator.Domain.Changes;

namespace Annotator.Web.Hosting;

/// <summary>Runs <see cref="Annotator.Domain.Changes.ChangeListener"/> for as long as the program serves pages.</summary>
internal sealed class ChangeListening(ChangeListener listener) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => listener.RunAsync(stoppingToken);
}
