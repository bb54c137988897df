using System.Security.Claims;
using Annotator.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>
/// Ties the sign-in cookie to a session in the store. A cookie lasts for months, so each request looks whether its session goes on; what
/// that takes is kept in memory (<see cref="Viewers"/>).
/// </summary>
internal static class Sessions
{
    /// <summary>The claim that holds the id of the session.</summary>
    private const string Claim = "session";

    /// <summary>Gives each new cookie a session of its own, and ends the one that the browser had before.</summary>
    public static async Task BeginAsync(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        await EndAsync(http);
        if (context.Principal?.Identity is not ClaimsIdentity identity || PersonOf(context.Principal) is not { } person)
            return;
        var session = await http.RequestServices.GetRequiredService<AccountSessions>().BeginAsync(
            person, BrowserName.Of(http.Request.Headers.UserAgent.ToString()), CancellationToken.None);
        if (identity.FindFirst(Claim) is { } former)
            identity.RemoveClaim(former);
        identity.AddClaim(new Claim(Claim, session.ToString()));
    }

    /// <summary>Ends the session of the request, in the store too: a copy of its cookie opens nothing any more.</summary>
    public static Task EndAsync(HttpContext http) =>
        PersonOf(http.User) is { } person && IdOf(http.User) is { } session
            ? http.RequestServices.GetRequiredService<AccountSessions>().EndAsync(person, session, CancellationToken.None)
            : Task.CompletedTask;

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // The page about it shows no more than the name in the cookie.
        if (Outages.IsAnswered(http))
            return;
        if (context.Principal is { } user
            && await IsGoingOnAsync(http.RequestServices.GetRequiredService<Viewers>(), user, http.RequestAborted))
        {
            await http.RequestServices.GetRequiredService<AccountSessions>().SeeAsync(IdOf(user)!.Value, http.RequestAborted);
            return;
        }
        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public static Task<bool> IsGoingOnAsync(Viewers viewers, ClaimsPrincipal user, CancellationToken ct) =>
        PersonOf(user) is { } person && IdOf(user) is { } session
            ? viewers.IsSignedInAsync(person, session, user.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType), ct)
            : Task.FromResult(false);

    /// <summary>The id of the session that somebody is signed in with.</summary>
    public static Guid? IdOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Claim), out var id) ? id : null;

    /// <summary>The viewer behind a principal; a visitor where it is nobody's session.</summary>
    public static Task<Viewer> ViewerAsync(Viewers viewers, ClaimsPrincipal user, CancellationToken ct) =>
        PersonOf(user) is { } person ? viewers.OfAsync(person, ct) : Task.FromResult(Viewer.Visitor);

    private static Guid? PersonOf(ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
