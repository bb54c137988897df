using System.Globalization;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Features.Accounts;

/// <summary>Signs in with a username or an e-mail address.</summary>
[Limited(LimitedAction.SignIn)]
public sealed partial class SignIn(PasswordSignIn passwords, NavigationManager navigation)
{
    private string? _problem;

    // Which of the two is wrong is not told.
    private string? Invalid => _problem is "SignIn.Wrong" ? "true" : null;

    private string? Described => _problem is null ? null : "problem";

    /// <summary>Where to go afterwards: a path on this server.</summary>
    [SupplyParameterFromQuery]
    public string? Back { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    public SignInForm? Form { get; set; }

    protected override void OnInitialized() => Form ??= new SignInForm();

    private async Task EnterAsync()
    {
        var outcome = await passwords.EnterAsync((Form!.Name ?? "").Trim(), Form.Password ?? "", ClientAddress.Of(Http!), Aborted);
        if (outcome.Result.Succeeded)
        {
            navigation.NavigateTo(Forms.LocalPath(Back));
            return;
        }

        _problem = outcome.Result.IsLockedOut ? "SignIn.Wait" : outcome.Result.IsNotAllowed ? "SignIn.Locked" : "SignIn.Wrong";
        Http!.Response.StatusCode = outcome.Result.IsLockedOut
            ? StatusCodes.Status429TooManyRequests
            : StatusCodes.Status400BadRequest;
        if (outcome.Result.IsLockedOut)
            Http.Response.Headers.RetryAfter = Math.Ceiling(outcome.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>What the sign-in form sends.</summary>
public sealed class SignInForm
{
    public string? Name { get; set; }
    public string? Password { get; set; }
}
