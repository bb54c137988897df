using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Annotator.Web.Hosting;

/// <summary>
/// What <see cref="Sessions"/> does for requests, for circuits, which send none. An open page gets a new cascading authentication state
/// when the rights of its viewer change, as when the session ends.
/// </summary>
internal sealed class CircuitSessions(ILoggerFactory logging, Viewers viewers, OpenCircuit circuit, DatabaseOutage outage)
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
        long? version;
        try
        {
            if (!await Sessions.IsGoingOnAsync(viewers, authenticationState.User, cancellationToken))
                return false;
            version = (await Sessions.ViewerAsync(viewers, authenticationState.User, cancellationToken)).RightsVersion;
        }
        catch (Exception e) when (outage.Note(e))
        {
            // Nothing can be read or written; it is looked at again in a moment.
            return true;
        }

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
