using Annotator.Domain.Kernel;
using Annotator.Domain.Changes;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using NotFound = Annotator.Domain.Kernel.NotFound;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// Tells a page that its source has changed, as Server-Sent Events without data: the browser asks for the page again, with its own
/// cookie, and sees what it may see.
/// </summary>
internal sealed class SourceChanges(ChangeHub hub, ChangeStreams streams, SourceReader sources, ViewerAccessor viewers, IHostApplicationLifetime program, TimeProvider clock)
{
    /// <summary>Proxies close a connection that is silent for a minute.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    /// <summary>Between two events: many changes at once are one for who reads.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sources/{id}/changes", (string id, HttpContext http, SourceChanges changes) => changes.StreamAsync(id, http));

    private async Task StreamAsync(string id, HttpContext http)
    {
        var viewer = await viewers.ForAsync(http.User, http.RequestAborted);
        if (!PublicId.TryParse(id, out var source) || !await sources.IsReadableAsync(viewer, source, http.RequestAborted))
            throw new NotFound("source");
        using var place = streams.Open(viewer.PersonId?.ToString() ?? $"{http.Connection.RemoteIpAddress}");
        if (place is null)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, program.ApplicationStopping);
        using var subscription = hub.Subscribe(viewer, source);
        try
        {
            await TellAsync(subscription, http.Response, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was left, or the program ends.
        }
    }

    private async Task TellAsync(ChangeSubscription subscription, HttpResponse response, CancellationToken ct)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // nginx would collect the events.
        response.Headers["X-Accel-Buffering"] = "no";
        await SendAsync(response, ":\n\n", ct);
        while (true)
        {
            if (await subscription.WaitAsync(Heartbeat, ct))
            {
                // The browser connects again, and is answered by its new rights.
                if (subscription.IsOutdated)
                    return;
                await SendAsync(response, "event: changed\ndata:\n\n", ct);
                await Task.Delay(Pause, clock, ct);
            }
            else
            {
                await SendAsync(response, ":\n\n", ct);
            }
        }
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}
