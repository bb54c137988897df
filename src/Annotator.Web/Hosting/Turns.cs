using System.Threading.RateLimiting;
using Annotator.Domain.Data;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Annotator.Web.Hosting;

/// <summary>
/// Some pages are made at a time, never more than there are connections to the database; the others wait for their turn, in the order in
/// which they came. Otherwise each of the dozen statements of a page would wait for a connection behind those of all other pages: all of
/// them would be late, and many given up half way.
/// </summary>
internal sealed class Turns : IDisposable
{
    /// <summary>Requests that may wait: more than are answered in the time that one waits.</summary>
    private const int Waiting = 1000;

    /// <summary>
    /// Pages for each core: one computes while others wait for the database. More would only be late together, and each would keep
    /// its memory and a connection for longer.
    /// </summary>
    private const int PerCore = 4;

    private readonly RequestDelegate _next;
    private readonly DatabaseOutage _outage;
    private readonly ConcurrencyLimiter _places;
    private readonly TimeSpan _patience;

    public Turns(RequestDelegate next, IDbContextFactory<AnnotatorDb> databases, DatabaseOutage outage)
    {
        (_next, _outage) = (next, outage);
        using var db = databases.CreateDbContext();
        var pool = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString());
        // Longer than for a single connection: what is refused comes again, so that waiting costs people less than a refusal.
        _patience = pool.Timeout > 0 ? TimeSpan.FromSeconds(2 * pool.Timeout) : Timeout.InfiniteTimeSpan;
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = Math.Min(pool.MaxPoolSize, PerCore * Environment.ProcessorCount),
            QueueLimit = Waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsPage(http))
        {
            await _next(http);
            return;
        }

        using var place = await TakeAsync(http.RequestAborted);
        if (place is not { IsAcquired: true })
        {
            _outage.NoteCrowd();
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // It is made then, and only has to be sent: who takes it slowly keeps nobody waiting.
        http.Response.OnStarting(() =>
        {
            place.Dispose();
            return Task.CompletedTask;
        });
        await _next(http);
    }

    public void Dispose() => _places.Dispose();

    // Parts of pages have a queue of their own (SharedParts), and so have texts that are read; the page of an error waits for nothing.
    private static bool IsPage(HttpContext http) =>
        http.GetEndpoint()?.Metadata is { } metadata
        && metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && http.Features.Get<IStatusCodeReExecuteFeature>() is null
        && !metadata.GetOrderedMetadata<LimitedAttribute>().Any(
            l => l.Action is LimitedAction.Ingest && HttpMethods.Equals(l.Method, http.Request.Method));

    /// <returns>Null, or a lease that is not acquired, when it has waited too long or too many wait already.</returns>
    private async Task<RateLimitLease?> TakeAsync(CancellationToken left)
    {
        if (_places.AttemptAcquire() is { IsAcquired: true } free)
            return free;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(left);
        end.CancelAfter(_patience);
        try
        {
            return await _places.AcquireAsync(1, end.Token);
        }
        catch (OperationCanceledException) when (!left.IsCancellationRequested)
        {
            return null;
        }
    }
}
