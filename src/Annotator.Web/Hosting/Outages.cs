using Annotator.Domain.Data;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Annotator.Web.Hosting;

/// <summary>
/// What is answered while the database cannot be asked, and to who has waited in vain: 503 and when to come again, for people with a page
/// that does so by itself, and with the form that they were sending. Nothing of that asks the database.
/// </summary>
internal static class Outages
{
    /// <summary>Seconds after which to try again.</summary>
    public const int Pause = 5;

    /// <summary>Refuses at once what would wait for a database that is known not to answer.</summary>
    public static IApplicationBuilder UseOutages(this IApplicationBuilder app) =>
        app.Use((http, next) =>
        {
            var outage = http.RequestServices.GetRequiredService<DatabaseOutage>();
            if (!outage.IsSilent || IsAnswered(http) || http.GetEndpoint()?.Metadata.GetMetadata<NeedsNoDatabase>() is not null)
                return next(http);
            outage.NoteRefused();
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });

    /// <summary>Whether this request is being answered with a page about an outage: who is signed in is believed without looking.</summary>
    public static bool IsAnswered(HttpContext http) => http.Features.Get<OutageAnswer>() is not null;

    /// <summary>Prepares the answer with 503, in the services that its page gets.</summary>
    /// <returns>Whether a page is wanted.</returns>
    public static async Task<bool> PrepareAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = Pause.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var isForm = HttpMethods.IsPost(http.Request.Method);
        // Parts of pages and streams are asked for by scripts.
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            || (!isForm && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null))
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.ContentType = "text/plain; charset=utf-8";
            var words = http.RequestServices.GetRequiredService<Words>();
            await http.Response.WriteAsync(words["Outage.Line", Pause] + "\n", http.RequestAborted);
            return false;
        }

        var isBusy = !http.RequestServices.GetRequiredService<DatabaseOutage>().IsOn;
        var answer = new OutageAnswer(isBusy, isForm, null);
        // Without scripts a browser tries again by this header. An element for it would also come into a page by enhanced navigation.
        if (!isForm)
            http.Response.Headers["Refresh"] = http.Response.Headers.RetryAfter;
        // While it is read, nobody is asked who is signed in.
        http.Features.Set(answer);
        if (isForm)
            http.Features.Set(answer with { Unsent = await UnsentForm.SentAsync(http) });
        return true;
    }
}

/// <summary>Marks an endpoint that is answered without the database.</summary>
internal sealed class NeedsNoDatabase;

/// <summary>What is known about a request that the database cannot be asked for.</summary>
/// <param name="IsBusy">Whether the database works, and others are before this request.</param>
/// <param name="WasSent">Whether it was a form: the page does not send it again by itself.</param>
/// <param name="Unsent">The form; null where none was sent, or where it is not certain that it came from a page of this program.</param>
public sealed record OutageAnswer(bool IsBusy, bool WasSent, UnsentForm? Unsent);
