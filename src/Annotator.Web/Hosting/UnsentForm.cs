using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>A form that was not taken.</summary>
/// <param name="Action">Where it was sent.</param>
/// <param name="Fields">In the order of the form, without its token. Passwords are left out, and files cannot be sent back.</param>
/// <param name="IsWhole">Whether nothing was left out, so that it can be sent again as it is.</param>
public sealed record UnsentForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, bool IsWhole)
{
    private const string Token = "__RequestVerificationToken";

    /// <summary>Whether it came after its session had ended, or from a page that was made before somebody signed in.</summary>
    public bool IsLate { get; init; }

    /// <summary>The form of a request that is refused, to be shown again.</summary>
    /// <returns>Null for anything but a form of this program: who is led here by another site must not find its words here.</returns>
    public static async Task<UnsentForm?> SentAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
            return null;
        try
        {
            if ((await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal is { } user)
                http.User = user;
            var (form, isOurs) = await ReadAsync(http);
            return isOurs ? form : null;
        }
        catch (Exception e) when (e is Refusal or IOException or AntiforgeryValidationException || DatabaseOutage.Explains(e))
        {
            return null;
        }
    }

    /// <summary>The form of a request whose token does not fit any more, to be shown again.</summary>
    /// <returns>Null unless the browser says that a page of this site has sent it.</returns>
    public static async Task<UnsentForm?> LateAsync(HttpContext http)
    {
        // Else looking at the form throws.
        http.Features.Set<IAntiforgeryValidationFeature>(null);
        var request = http.Request;
        if (!request.HasFormContentType || request.Headers.Origin != $"{request.Scheme}://{request.Host}")
            return null;
        try
        {
            var (form, isOurs) = await ReadAsync(http);
            return isOurs ? null : form with { IsLate = true };
        }
        catch (Exception e) when (e is Refusal or IOException or AntiforgeryValidationException)
        {
            return null;
        }
    }

    /// <summary>The form of the request, read within its limits, and whether a page of this program sent it in this session.</summary>
    private static async Task<(UnsentForm Form, bool IsOurs)> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IFormFeature>() is not { Form: not null })
        {
            await BodyLimits.CheckAsync(http, _ => Task.CompletedTask);
            await BodyLimits.ReadFormAsync(http, _ => Task.CompletedTask);
        }

        var request = http.Request;
        var isOurs = await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        return (Of($"{request.Path}{request.QueryString}", await request.ReadFormAsync(http.RequestAborted)), isOurs);
    }

    public static UnsentForm Of(string action, IFormCollection form)
    {
        var fields = form.Where(field => field.Key is not Token)
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))
            .ToList();
        var secrets = fields.RemoveAll(field => field.Key.Contains("password", StringComparison.OrdinalIgnoreCase));
        return new UnsentForm(action, fields, secrets == 0 && form.Files.All(file => file.Length == 0));
    }
}
