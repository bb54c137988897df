using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Manage.Settings;

/// <summary>
/// Changes the password, ends all sessions of the person, and gives a new one to the browser it was changed with.
/// </summary>
internal sealed class PasswordEndpoint(
    ViewerAccessor viewers,
    UserManager<Account> accounts,
    SignInManager<Account> signIn,
    AccountSessions sessions,
    Attempts attempts)
{
    public const string Address = "/settings/password";
    public const string Changed = "changed";
    public const string TooMany = "TooManyAttempts";

    /// <summary>Wrong present passwords of one person: whoever finds a browser open must not guess it.</summary>
    private static readonly AttemptLimit Limit = new("present password", 5, TimeSpan.FromMinutes(5));

    public static void Map(RouteGroupBuilder forms) =>
        forms.MapPost(Address, (HttpContext http, PasswordEndpoint endpoint, CancellationToken ct) => endpoint.ChangeAsync(http, ct));

    private async Task<RedirectHttpResult> ChangeAsync(HttpContext http, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var person = (await viewers.ForAsync(http.User, ct)).RequirePerson();
        var said = await ChangeAsync(person, form["Old"].ToString(), form["New"].ToString(), ct);
        return TypedResults.LocalRedirect($"/settings?password={said}");
    }

    private async Task<string> ChangeAsync(Guid person, string old, string changed, CancellationToken ct)
    {
        if (await attempts.CountAsync(Limit, $"{person}", ct) is not null)
            return TooMany;
        if (old.Length > PasswordRules.MaxLength)
            return nameof(IdentityErrorDescriber.PasswordMismatch);
        var account = await accounts.FindByIdAsync(person.ToString()) ?? throw new Missing("account");
        var result = await accounts.ChangePasswordAsync(account, old, changed);
        // The old one is looked at first: it was right when something else is wrong.
        if (!result.Errors.Any(e => e.Code is nameof(IdentityErrorDescriber.PasswordMismatch)))
            await attempts.ForgetAsync(Limit, $"{person}", ct);
        if (!result.Succeeded)
            return string.Join('.', result.Errors.Select(e => e.Code));
        await sessions.EndAllAsync(person, CancellationToken.None);
        await signIn.RefreshSignInAsync(account);
        return Changed;
    }
}
