using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>
/// What is answered while the database cannot be asked: 503 and when to come again, for people with a page that does so by itself, and
/// with the form that they were sending. Nothing of that asks the database.
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
        http.Response.Headers.CacheControl = "no-store";
        var isForm = HttpMethods.IsPost(http.Request.Method);
        // Parts of pages and streams are asked for by scripts.
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            || (!isForm && http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null))
        {
            return false;
        }

        http.Features.Set(new OutageAnswer(isForm, null));
        if (isForm)
            http.Features.Set(new OutageAnswer(isForm, await UnsentAsync(http)));
        return true;
    }

    // Only a form of this program is shown again: who is led here by another site must not find its words in a form of theirs.
    private static async Task<UnsentForm?> UnsentAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            if ((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal is { } user)
                http.User = user;
            await ReadFormAsync(http);
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
                ? UnsentForm.Of($"{http.Request.Path}{http.Request.QueryString}", await http.Request.ReadFormAsync(http.RequestAborted))
                : null;
        }
        catch (Exception e) when (e is Refusal or IOException or AntiforgeryValidationException || DatabaseOutage.Explains(e))
        {
            return null;
        }
    }

    // Where nothing has read it before; within the same limits.
    private static async Task ReadFormAsync(HttpContext http)
    {
        if (http.Features.Get<IFormFeature>() is { Form: not null })
            return;
        await BodyLimits.CheckAsync(http, _ => Task.CompletedTask);
        await BodyLimits.ReadFormAsync(http, _ => Task.CompletedTask);
    }
}

/// <summary>Marks an endpoint that is answered without the database.</summary>
internal sealed class NeedsNoDatabase;

/// <summary>What is known about a request that the database cannot be asked for.</summary>
/// <param name="WasSent">Whether it was a form: the page does not send it again by itself.</param>
/// <param name="Unsent">The form; null where none was sent, or where it is not certain that it came from a page of this program.</param>
public sealed record OutageAnswer(bool WasSent, UnsentForm? Unsent);

/// <summary>A form that was not taken.</summary>
/// <param name="Action">Where it was sent.</param>
/// <param name="Fields">In the order of the form, without its token. Passwords are left out, and files cannot be sent back.</param>
/// <param name="IsWhole">Whether nothing was left out, so that it can be sent again as it is.</param>
public sealed record UnsentForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, bool IsWhole)
{
    private const string Token = "__RequestVerificationToken";

    public static UnsentForm Of(string action, IFormCollection form)
    {
        var fields = form.Where(field => field.Key is not Token)
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
            .ToList();
        var secrets = fields.RemoveAll(field => field.Key.Contains("password", StringComparison.OrdinalIgnoreCase));
        return new UnsentForm(action, fields, secrets == 0 && form.Files.All(file => file.Length == 0));
    }
}
