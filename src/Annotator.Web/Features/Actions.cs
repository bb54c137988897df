using System.Globalization;
using Annotator.Domain.Annotations;
using Annotator.Domain.Exchange.Demo;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using NotFound = Annotator.Domain.Kernel.NotFound;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;

namespace Annotator.Web.Features;

/// <summary>What a single button does: it posts, the page is shown again. Works without JavaScript.</summary>
internal static class Actions
{
    public const string ThemeCookie = "annotator-theme";

    public static void MapActions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/annotations/{id}/delete", DeleteAsync);
        routes.MapPost("/annotations/{id}/restore", RestoreAsync);
        routes.MapPost("/demo/remove", RemoveDemoAsync);
        routes.MapPost("/sign-out", SignOutAsync);
        routes.MapPost("/preferences", PreferAsync);
        routes.MapTextActions();
    }

    private static async Task<RedirectHttpResult> DeleteAsync(
        string id, HttpContext http, ViewerAccessor viewers, AnnotationWriter writer, AnnotationReader reader, SourceReader sources, CancellationToken ct)
    {
        await TakeFormAsync(http);
        var viewer = await viewers.ForAsync(http.User, ct);
        var annotation = await reader.FindAsync(viewer, Id(id), ct);
        await writer.DeleteAsync(viewer, annotation.Id, ct);
        var source = await sources.IsReadableAsync(viewer, annotation.SourceId, ct) ? $"/sources/{PublicId.Of(annotation.SourceId)}" : "/";
        return TypedResults.LocalRedirect($"{source}?undo={id}");
    }

    private static async Task<RedirectHttpResult> RestoreAsync(string id, HttpContext http, ViewerAccessor viewers, AnnotationWriter writer, CancellationToken ct)
    {
        await TakeFormAsync(http);
        var restored = await writer.RestoreAsync(await viewers.ForAsync(http.User, ct), Id(id), ct);
        return TypedResults.LocalRedirect($"/sources/{PublicId.Of(restored.SourceId)}?at={restored.PublicId}#a-{restored.PublicId}");
    }

    private static async Task<RedirectHttpResult> RemoveDemoAsync(HttpContext http, ViewerAccessor viewers, DemoLibrary demo, CancellationToken ct)
    {
        await TakeFormAsync(http);
        if (!(await viewers.ForAsync(http.User, ct)).IsAdministrator)
            throw new Forbidden("administrate");
        await demo.RemoveAsync(ct);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http, SignInManager<Account> signIn)
    {
        await TakeFormAsync(http);
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/");
    }

    /// <summary>Language of the interface and theme, kept in cookies.</summary>
    private static async Task<RedirectHttpResult> PreferAsync(HttpContext http, CancellationToken ct)
    {
        var form = await TakeFormAsync(http);
        var options = new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true };
        if (form["culture"].FirstOrDefault() is { } culture && Localization.Cultures.Any(c => string.Equals(c.Name, culture, StringComparison.Ordinal)))
            http.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(new CultureInfo(culture))), options);
        if (form["theme"].FirstOrDefault() is { } theme and ("light" or "dark" or "system"))
            http.Response.Cookies.Append(ThemeCookie, theme, options);
        if (form.ContainsKey("reading"))
            http.Response.Cookies.Append(Sources.ReadingLook.Cookie, Sources.ReadingLook.Of(form).ToString(), options);
        return TypedResults.LocalRedirect(LocalPath(form["back"].FirstOrDefault()));
    }

    /// <summary>Only a path on this server: anything else would make the program an open redirect.</summary>
    public static string LocalPath(string? path) =>
        path is { Length: > 0 } && path[0] == '/' && !(path.Length > 1 && path[1] is '/' or '\\') && !path.Any(char.IsControl) ? path : "/";

    internal static async Task<IFormCollection> TakeFormAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<Microsoft.AspNetCore.Antiforgery.IAntiforgery>().ValidateRequestAsync(http);
        return await http.Request.ReadFormAsync(http.RequestAborted);
    }

    private static Guid Id(string id) => PublicId.TryParse(id, out var guid) ? guid : throw new NotFound("annotation");
}
