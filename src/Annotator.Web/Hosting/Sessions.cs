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
