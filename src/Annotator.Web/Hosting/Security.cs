namespace Annotator.Web.Hosting;

/// <summary>
/// Security headers of every answer: content security policy (which forbids framing too), no sniffing of types, only the origin as
/// referrer to other sites, no camera, location or microphone.
/// </summary>
internal static class Security
{
    // Inline styles are allowed for the custom properties that MudBlazor's theme puts into style attributes; inline scripts are
    // not.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            return next(context);
        });
}
