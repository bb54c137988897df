using Microsoft.AspNetCore.Antiforgery;

namespace Annotator.Web.Hosting;

/// <summary>What the endpoints have in common that the pages' forms and scripts post to.</summary>
internal static class Forms
{
    /// <summary>
    /// A group whose endpoints run only with a valid antiforgery token, whether they read a form or not. Every endpoint that
    /// changes something belongs into it.
    /// </summary>
    public static RouteGroupBuilder MapForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("");
        forms.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            await http.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(http);
            return await next(context);
        });
        return forms;
    }

    /// <summary>The path when it leads to a page of this server, else <c>/</c>: a redirect elsewhere could be misused.</summary>
    /// <returns>Escaped as far as a header needs it.</returns>
    public static string LocalPath(string? path) =>
        path is { Length: > 0 } && path[0] == '/' && !(path.Length > 1 && path[1] is '/' or '\\') && !path.Any(char.IsControl)
            ? string.Concat(path.EnumerateRunes().Select(c => c.IsAscii ? c.ToString() : Uri.EscapeDataString(c.ToString())))
            : "/";
}
