using System.Security.Claims;
using Annotator.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
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

    /// <summary>The viewer behind a principal; a visitor where it is nobody's session.</summary>
    public static Task<Viewer> ViewerAsync(Viewers viewers, ClaimsPrincipal user, CancellationToken ct) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? viewers.OfAsync(id, ct)
            : Task.FromResult(Viewer.Visitor);
}

/// <summary>
/// The same for circuits, which send no requests. An open page gets a new cascading authentication state when the rights of its viewer
/// change, as when the session ends.
/// </summary>
internal sealed class CircuitSessions(ILoggerFactory logging, Viewers viewers, OpenCircuit circuit)
    : RevalidatingServerAuthenticationStateProvider(logging)
{
    // Null until the first look: what changed between the page's first rendering and that is told too.
    private long? _rightsVersion;

    /// <summary>Costs a look into memory. It does not wait for notifications, so it also works while there are none.</summary>
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMilliseconds(500);

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        // A page that is only rendered has the rights its request began with. Told of others, it would render after its answer ended.
        if (!circuit.IsOpen)
            return true;
        if (!await Sessions.IsGoingOnAsync(viewers, authenticationState.User, cancellationToken))
            return false;
        var version = (await Sessions.ViewerAsync(viewers, authenticationState.User, cancellationToken)).RightsVersion;
        if (version != _rightsVersion)
        {
            _rightsVersion = version;
            NotifyAuthenticationStateChanged(Task.FromResult(authenticationState));
        }

        return true;
    }
}

/// <summary>Whether the services of this scope belong to a circuit, and not to a request that renders a page.</summary>
internal sealed class OpenCircuit : CircuitHandler
{
    public bool IsOpen { get; private set; }

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        IsOpen = true;
        return Task.CompletedTask;
    }
}
