using Annotator.Domain.Access;
using Annotator.Domain.Reading;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Annotator.Web.Hosting;

/// <summary>
/// Asks the program itself, once after its start, for the pages that people wait for: what is compiled then is not with the first
/// comment that hundreds of open pages ask for. The program is ready after that; whoever comes earlier is answered all the same.
/// </summary>
internal sealed class WarmUp(IHttpContextFactory contexts, IServiceScopeFactory scopes, Library library, ILogger<WarmUp> logger)
    : IHealthCheck
{
    /// <summary>Name of the check.</summary>
    public const string Name = "warm";

    private RequestDelegate? _pipeline;
    private volatile bool _isPending;

    /// <summary>The first middleware of the program: requests of <see cref="RunAsync"/> go where all others go.</summary>
    public RequestDelegate Through(RequestDelegate pipeline) => _pipeline = pipeline;

    /// <summary>The program is not ready from now on until it has run. Where nobody calls it, the program is ready without.</summary>
    public void Expect() => _isPending = true;

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await AskAsync("/");
            // The queries and the rendering of a source are compiled with any that there is.
            if (await library.BrowseAsync(Viewer.Visitor, new LibraryQuery(), ct) is { Items: [var first, ..] })
            {
                await AskAsync($"/sources/{first.PublicId}");
                await AskAsync($"/sources/{first.PublicId}/commentary");
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Nothing depends on it.
            logger.LogWarning(e, "The program could not be warmed up");
        }
        finally
        {
            _isPending = false;
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isPending ? HealthCheckResult.Unhealthy("The program is being warmed up.") : HealthCheckResult.Healthy());

    private async Task AskAsync(string path)
    {
        if (_pipeline is null)
            throw new InvalidOperationException("The program has not been started.");
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = HttpMethods.Get, Scheme = "http", Path = path, Protocol = "HTTP/1.1",
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        var http = contexts.Create(features);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            http.RequestServices = scope.ServiceProvider;
            http.Request.Host = new HostString("localhost");
            http.Request.Headers.AcceptEncoding = "gzip";
            await _pipeline(http);
            if (http.Response.StatusCode != StatusCodes.Status200OK)
                throw new InvalidOperationException($"{path} answers {http.Response.StatusCode}.");
        }
        finally
        {
            contexts.Dispose(http);
        }
    }
}
