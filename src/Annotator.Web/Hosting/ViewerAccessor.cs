using System.Security.Claims;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Microsoft.AspNetCore.Components.Authorization;

namespace Annotator.Web.Hosting;

/// <summary>Who looks at this page or sent this request. Asked once per request or circuit.</summary>
public sealed class ViewerAccessor(AuthenticationStateProvider authentication, GroupDirectory groups)
{
    private Task<Viewer>? _viewer;

    public Task<Viewer> CurrentAsync() => _viewer ??= ReadAsync();

    /// <summary>The viewer behind a signed-in principal, outside of components.</summary>
    public Task<Viewer> ForAsync(ClaimsPrincipal user, CancellationToken ct) =>
        Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? groups.ViewerAsync(id, ct)
            : Task.FromResult(Viewer.Visitor);

    private async Task<Viewer> ReadAsync() =>
        await ForAsync((await authentication.GetAuthenticationStateAsync()).User, CancellationToken.None);
}
