using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;

namespace Annotator.Web.Features.Sources;

/// <summary>
/// Sends to an open page, as Server-Sent Events, which version it would have now. Where that is not the one it shows, the browser
/// asks for the part that can have changed, with its own cookie, and sees what it may see.
/// </summary>
internal sealed class SourceChanges(
    ChangeHub hub,
    SourceReader sources,
    ViewerAccessor viewers,
    SharedVersions versions,
    IHostApplicationLifetime program)
{
    /// <summary>Proxies close a connection that is silent for a minute.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    /// <summary>Between two events: many changes at once are one for who reads.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <param name="http">
    /// The query <c>after</c> is the version that the page shows; an event that was received since is in Last-Event-ID.
    /// </param>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/sources/{id}/changes",
            (string id, string? after, HttpContext http, SourceChanges changes) => changes.StreamAsync(id, after, http))
            .WithMetadata(new LimitedAttribute(LimitedAction.Live, HttpMethods.Get));

    private async Task StreamAsync(string id, string? after, HttpContext http)
    {
        var viewer = await ReaderAsync(id, http);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, program.ApplicationStopping);
        try
        {
            var shown = http.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? after;
            // Before the first byte: whoever has it may count on hearing what is written from then on.
            using var subscription = hub.Subscribe(viewer, PublicId.Parse(id, "source"));
            using var measured = Telemetry.Listening();
            await BeginAsync(http.Response, end.Token);
            await SendAsync(subscription, shown, http.Response, end.Token);
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            // The page was left, or the program ends.
        }
    }

    /// <exception cref="Missing">The viewer sees nothing of the source.</exception>
    private async Task<Viewer> ReaderAsync(string id, HttpContext http)
    {
        var viewer = await viewers.ForAsync(http.User, http.RequestAborted);
        return PublicId.TryParse(id, out var source) && await sources.IsReadableAsync(viewer, source, http.RequestAborted)
            ? viewer
            : throw new Missing("source");
    }

    private static Task BeginAsync(HttpResponse response, CancellationToken ct)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // nginx would collect the events.
        response.Headers["X-Accel-Buffering"] = "no";
        return WriteAsync(response, ":\n\n", ct);
    }

    // It ends when the rights of the viewer change: the browser connects again and is answered by its new rights.
    private async Task SendAsync(ChangeSubscription subscription, string? shown, HttpResponse response, CancellationToken ct)
    {
        // What was written since the page was rendered; a page without a version gets what is written from now on.
        var hasNews = shown is not null;
        while (!subscription.IsOutdated)
        {
            if (hasNews
                && await versions.OfAsync(subscription, ct) is var version
                && !string.Equals(version, shown, StringComparison.Ordinal))
            {
                shown = version;
                await WriteAsync(response, $"event: changed\nid: {version}\ndata:\n\n", ct);
                await Task.Delay(Pause, ct);
            }

            hasNews = await subscription.WaitAsync(Heartbeat, ct);
            if (!hasNews)
                await WriteAsync(response, ":\n\n", ct);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}
