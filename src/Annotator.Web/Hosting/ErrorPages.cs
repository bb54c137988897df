using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;

namespace Annotator.Web.Hosting;

/// <summary>
/// Answers what the domain refuses, and whatever else goes wrong, with a status and a page that says it in words.
/// </summary>
internal sealed class ErrorPages(RequestDelegate next, ILogger<ErrorPages> logger)
{
    public const string Path = "/error";

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            RefuseTooLarge(http);
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            if (e is NotFound { What: "source" or "passage" } && await FormerLinks.PresentAsync(http) is { } present)
                FormerLinks.Redirect(http, present);
            else
                Note(http, e);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // Who asked has gone: nobody is there to be told, and nothing has failed.
            logger.LogDebug(e, "{Method} {Path} was given up", http.Request.Method, http.Request.Path.Value);
            return;
        }

        // Whatever type it has: Blazor names one before it refuses a form whose token is not valid any more, and writes nothing.
        if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0 })
            await ShowAsync(http);
    }

    // Else the form would be cut and taken for a broken one.
    private static void RefuseTooLarge(HttpContext http)
    {
        if (http.Request.ContentLength > http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize)
            throw new Invalid("file", "file_too_large", Limits.File / Limits.Megabyte);
    }

    private void Note(HttpContext http, Exception e)
    {
        http.Response.Clear();
        http.Response.StatusCode = StatusOf(e);
        if (e is Refusal refusal)
            http.Features.Set(refusal);
        if (http.Response.StatusCode >= 500)
            logger.LogError(e, "{Method} {Path} failed", http.Request.Method, http.Request.Path.Value);
    }

    private async Task ShowAsync(HttpContext http)
    {
        var (path, query, method) = (http.Request.Path, http.Request.QueryString, http.Request.Method);
        var (status, services) = (http.Response.StatusCode, http.RequestServices);
        // What the failed page left in its services (where it was, who asked) must not meet the error page.
        await using var fresh = services.CreateAsyncScope();
        try
        {
            http.RequestServices = fresh.ServiceProvider;
            // Without it Blazor takes a page with status 404 for one that it did not find, and sends nothing.
            http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
            {
                OriginalPath = path, OriginalPathBase = http.Request.PathBase,
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
            logger.LogError(e, "The error page of {Path} failed", path.Value);
            await http.Response.WriteAsync($"Error {status}", http.RequestAborted);
        }
        finally
        {
            http.RequestServices = services;
            (http.Request.Path, http.Request.QueryString, http.Request.Method) = (path, query, method);
        }
    }

    /// <summary>The HTTP status that says what went wrong.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        NotFound => StatusCodes.Status404NotFound,
        Forbidden { Action: "sign_in" } => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        EditConflict => StatusCodes.Status409Conflict,
        Refusal or InvalidDataException or Microsoft.AspNetCore.Antiforgery.AntiforgeryValidationException =>
            StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        _ when (exception as PostgresException
            ?? exception.InnerException) is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire } =>
            StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
