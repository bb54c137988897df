using System.Security.Claims;
using Annotator.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Hosting;

/// <summary>
/// Ends the sessions of whoever has signed out everywhere or is locked out, with the next request. A cookie lasts for months, so each
/// request compares its security stamp with the present one, which is kept in memory.
/// </summary>
internal static class Sessions
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (context.Principal is not null
            && await IsGoingOnAsync(http.RequestServices.GetRequiredService<Viewers>(), context.Principal, http.RequestAborted))
        {
            return;
        }
        context.RejectPrincipal();
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public static Task<bool> IsGoingOnAsync(Viewers viewers, ClaimsPrincipal user, CancellationToken ct) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? viewers.IsSignedInAsync(id, user.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType), ct)
            : Task.FromResult(false);
}

/// <summary>The same for circuits, which send no requests.</summary>
internal sealed class CircuitSessions(ILoggerFactory logging, Viewers viewers) : RevalidatingServerAuthenticationStateProvider(logging)
{
    /// <summary>Costs a look into memory.</summary>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMilliseconds(500);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        Microsoft.AspNetCore.Components.Authorization.AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Sessions.IsGoingOnAsync(viewers, authenticationState.User, cancellationToken);
}
