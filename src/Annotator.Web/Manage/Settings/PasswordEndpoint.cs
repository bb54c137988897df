using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Manage.Settings;

/// <summary>Changes the password and renews the cookie of who changed it, which is of the old password otherwise.</summary>
internal static class PasswordEndpoint
{
    public const string Address = "/settings/password";
    public const string Changed = "changed";

    public static void Map(RouteGroupBuilder forms) => forms.MapPost(Address, ChangeAsync);

    private static async Task<RedirectHttpResult> ChangeAsync(
        HttpContext http, ViewerAccessor viewers, UserManager<Account> accounts, SignInManager<Account> signIn, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var person = (await viewers.ForAsync(http.User, ct)).RequirePerson();
        var account = await accounts.FindByIdAsync(person.ToString()) ?? throw new Missing("account");
        var result = await accounts.ChangePasswordAsync(account, form["Old"].ToString(), form["New"].ToString());
        if (result.Succeeded)
            await signIn.RefreshSignInAsync(account);
        var said = result.Succeeded ? Changed : string.Join('.', result.Errors.Select(e => e.Code));
        return TypedResults.LocalRedirect($"/settings?password={said}");
    }
}
