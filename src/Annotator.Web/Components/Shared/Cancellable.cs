using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Components.Shared;

/// <summary>A component whose reads end when the reader goes away, and whose writes do not.</summary>
public abstract class Cancellable : ComponentBase
{
    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    /// <summary>For reads: a slow query does not run on for somebody who has left the page or types on.</summary>
    protected CancellationToken Aborted => Http?.RequestAborted ?? CancellationToken.None;

    /// <summary>For writes: what was sent is stored, though the connection of who sent it is lost meanwhile.</summary>
    protected static CancellationToken ToTheEnd => CancellationToken.None;
}
