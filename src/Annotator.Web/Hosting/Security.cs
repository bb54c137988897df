using System.Globalization;

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

    private const string Devices =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
        + "payment=(), usb=()";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = Devices;
            context.Response.OnStarting(() =>
            {
                // What does not say that it may be kept is somebody's own.
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                return Task.CompletedTask;
            });
            return next(context);
        });

    /// <summary>Where people report weaknesses (RFC 9116).</summary>
    public static void MapSecurityContact(this IEndpointRouteBuilder routes, AnnotatorOptions options)
    {
        if (options.SecurityContact is null)
            return;
        routes.MapGet("/.well-known/security.txt", (TimeProvider clock) =>
        {
            // The file is of this day as long as the program runs; the RFC asks for less than a year.
            var expires = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(180);
            var canonical = options.PublicAddress is { } address ? $"Canonical: {new Uri(address, "/.well-known/security.txt")}\n" : "";
            var until = expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return TypedResults.Text($"Contact: {options.SecurityContact}\nExpires: {until}\n{canonical}");
        });
    }
}
