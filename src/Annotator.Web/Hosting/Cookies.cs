using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;

namespace Annotator.Web.Hosting;

/// <summary>
/// The cookies of the program. Where people reach it by https, their names begin with <c>__Host-</c>: then browsers take them only
/// from this host itself, by https, so that no other host of the domain can set one. No cookie is read by a script.
/// </summary>
internal sealed class Cookies(AnnotatorOptions options)
{
    public const string Session = "annotator";
    public const string Language = "annotator-language";

    // Not with a hyphen: what visitors see depends on the cookies whose names begin with "annotator-".
    private const string Forms = "annotator.forms";

    private CookieSecurePolicy Secure => options.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>The name that a cookie has in requests.</summary>
    public string Name(string cookie) => options.IsHttps ? $"__Host-{cookie}" : cookie;

    public string? Get(HttpContext http, string cookie) => http.Request.Cookies[Name(cookie)];

    /// <summary>Keeps a preference for a year.</summary>
    public void Keep(HttpContext http, string cookie, string value) => http.Response.Cookies.Append(
        Name(cookie),
        value,
        new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        });

    public static IServiceCollection Add(IServiceCollection services)
    {
        services.AddSingleton<Cookies>();
        services.AddOptions<RequestLocalizationOptions>().Configure<Cookies>((languages, cookies) =>
        {
            foreach (var provider in languages.RequestCultureProviders.OfType<CookieRequestCultureProvider>())
                provider.CookieName = cookies.Name(Language);
        });
        services.AddOptions<AntiforgeryOptions>().Configure<Cookies>((forms, cookies) =>
        {
            cookies.Describe(forms.Cookie, Forms);
            // Security sets it for every answer.
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<Cookies>((signIn, cookies) =>
            {
                cookies.Describe(signIn.Cookie, Session);
                // The page of sign-in redirects, and looks at the address before.
                signIn.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
            });
        return services;
    }

    private void Describe(CookieBuilder cookie, string name)
    {
        (cookie.Name, cookie.Path) = (Name(name), "/");
        (cookie.HttpOnly, cookie.SecurePolicy) = (true, Secure);
    }
}
