using System.Security.Claims;
using Annotator.Domain.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace Annotator.Web.Hosting;

/// <summary>Who looks at this page or sent this request. Asked anew each time: a circuit outlives the rights it began with.</summary>
public sealed class ViewerAccessor(AuthenticationStateProvider authentication, Viewers viewers)
{
    public async Task<Viewer> CurrentAsync() =>
        await ForAsync((await authentication.GetAuthenticationStateAsync()).User, CancellationToken.None);

    /// <summary>The viewer behind a signed-in principal, outside of components.</summary>
    public Task<Viewer> ForAsync(ClaimsPrincipal user, CancellationToken ct) => Sessions.ViewerAsync(viewers, user, ct);
}
