using Annotator.Domain.Annotations;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Annotator.Web.Hosting;

/// <summary>
/// Answers what the domain refuses, and whatever else goes wrong, with a status and a page that says it in words.
/// </summary>
internal sealed class ErrorPages(RequestDelegate next, DatabaseOutage outage, ILogger<ErrorPages> logger)
{
    public const string Path = "/error";

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            if (e is Missing { What: "source" or "passage" } && await FormerLinks.PresentAsync(http) is { } present)
                FormerLinks.Redirect(http, present);
            else
                Note(http, e, e is Missing { What: "source" or "annotation" } ? await FormerLinks.RemovedAsync(http) : null);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // The client has closed the connection: there is nobody to answer, and nothing has failed.
            logger.LogDebug(e, "{Method} {Path} was given up", http.Request.Method, http.Request.Path.Value);
            return;
        }
        catch (Exception e) when (outage.Note(e))
        {
            // The answer has begun, such as a stream: it is broken off, so that nobody takes it for whole.
            http.Abort();
        }

        // Also with a content type: Blazor sets one and writes nothing when it refuses a form with an expired antiforgery token.
        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0 })
            await ShowAsync(http);
    }

    private void Note(HttpContext http, Exception e, RemovedSourceView? removed)
    {
        http.Response.Clear();
        http.Response.StatusCode = removed is null ? StatusOf(e) : StatusCodes.Status410Gone;
        http.Features.Set(removed is null ? e as Refusal : null);
        http.Features.Set(removed);
        if (!outage.Note(e, ofRequest: true) && http.Response.StatusCode >= 500)
            logger.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
    }

    private async Task ShowAsync(HttpContext http)
    {
        var (path, query, method) = (http.Request.Path, http.Request.QueryString, http.Request.Method);
        var (status, services) = (http.Response.StatusCode, http.RequestServices);
        // A new scope, so that the error page gets no state of the failed page (its address, its viewer).
        await using var fresh = services.CreateAsyncScope();
        try
        {
            http.RequestServices = fresh.ServiceProvider;
            if (status is StatusCodes.Status503ServiceUnavailable && !await Outages.PrepareAsync(http))
                return;
            if (status is 400 or 401 && HttpMethods.IsPost(method) && http.Features.Get<Refusal>() is null)
                http.Features.Set(await UnsentForm.LateAsync(http));
            // Marks the request as a re-execution: otherwise Blazor treats a page with status 404 as not found and sends no body.
            http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
            {
                OriginalPath = path, OriginalPathBase = http.Request.PathBase, OriginalQueryString = query.ToString(),
            });
            http.Request.Path = Path;
            http.Request.QueryString = QueryString.Empty;
            http.Request.Method = HttpMethods.Get;
            http.SetEndpoint(null);
            http.Request.RouteValues.Clear();
            await next(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug(e, "The error page of {Path} was given up", path.Value);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            if (!outage.Note(e))
                logger.LogError(e, "The error page of {Path} failed", path.Value);
            await http.Response.WriteAsync($"Error {status}", http.RequestAborted);
        }
        finally
        {
            http.RequestServices = services;
            (http.Request.Path, http.Request.QueryString, http.Request.Method) = (path, query, method);
        }
    }

    /// <summary>The HTTP status of an exception: that of the refusal, else 500.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        Missing => StatusCodes.Status404NotFound,
        Forbidden { Action: "sign_in" } => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        EditConflict => StatusCodes.Status409Conflict,
        TooOften => StatusCodes.Status429TooManyRequests,
        Invalid { Reason: "form_too_large" or "file_too_large" } => StatusCodes.Status413PayloadTooLarge,
        Refusal or InvalidDataException or Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException =>
            StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        _ when (exception as PostgresException
            ?? exception.InnerException) is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
            StatusCodes.Status400BadRequest,
        _ when DatabaseOutage.Explains(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
