using Microsoft.AspNetCore.HttpOverrides;

namespace Annotator.Web.Hosting;

/// <summary>
/// By which address people reach the program and from which they come. Settings say that, not requests: whoever sends a request can
/// write any host and any forwarded address into it.
/// </summary>
internal static class PublicAddress
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public static IServiceCollection AddPublicAddress(this IServiceCollection services, AnnotatorOptions options)
    {
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        return services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As many proxies in a row as are known.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in options.ProxyNetworks)
                forwarded.KnownIPNetworks.Add(network);
        });
    }

    public static void UsePublicAddress(this IApplicationBuilder app, AnnotatorOptions options)
    {
        if (options.ProxyNetworks.Count > 0)
            app.UseForwardedHeaders();
        if (options.PublicAddress is { } address)
        {
            var (scheme, host) = (address.Scheme, new HostString(address.Authority));
            app.Use((http, next) =>
            {
                if (IsAnother(http.Request, address))
                {
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                    return http.Response.WriteAsync($"This is {address.Authority}.", http.RequestAborted);
                }

                // Where a proxy ends TLS, the program itself is asked by http.
                (http.Request.Scheme, http.Request.Host) = (scheme, host);
                return next(http);
            });
        }

        app.UseHsts();
        app.UseLocalRedirects();
    }

    // A supervisor asks for health by an address of its own, and requests of HTTP/1.0 name no host.
    private static bool IsAnother(HttpRequest request, Uri address) =>
        request.Host is { HasValue: true, Host: var host }
        && !string.Equals(host, address.IdnHost, StringComparison.OrdinalIgnoreCase)
        && !ThisMachine.Contains(host, StringComparer.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    /// <summary>
    /// Redirects to a page of this program name no host: the one that ASP.NET Core and Blazor write before the path is that of the
    /// request.
    /// </summary>
    private static void UseLocalRedirects(this IApplicationBuilder app) =>
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                if (Uri.TryCreate(http.Response.Headers.Location, UriKind.Absolute, out var to)
                    && Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}", UriKind.Absolute, out var here)
                    && Uri.Compare(to, here, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
                    && !to.AbsolutePath.StartsWith("//", StringComparison.Ordinal))
                {
                    http.Response.Headers.Location = to.PathAndQuery + to.Fragment;
                }

                return Task.CompletedTask;
            });
            return next(http);
        });
}
