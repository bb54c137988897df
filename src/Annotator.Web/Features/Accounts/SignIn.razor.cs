using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Features.Accounts;

/// <summary>Signs in with a username or an e-mail address.</summary>
public sealed partial class SignIn(SignInManager<Account> signIn, UserManager<Account> accounts, NavigationManager navigation)
{
    private string? _problem;

    /// <summary>Where to go afterwards: a path on this server.</summary>
    [SupplyParameterFromQuery]
    public string? Back { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    public SignInForm? Form { get; set; }

    protected override void OnInitialized() => Form ??= new SignInForm();

    private async Task EnterAsync()
    {
        var name = (Form!.Name ?? "").Trim();
        var account = name.Contains('@', StringComparison.Ordinal)
            ? await accounts.FindByEmailAsync(name)
            : await accounts.FindByNameAsync(name);
        var result = account is null
            ? SignInResult.Failed
            : await signIn.PasswordSignInAsync(account, Form.Password ?? "", isPersistent: true, lockoutOnFailure: true);
        if (result.Succeeded)
            navigation.NavigateTo(Forms.LocalPath(Back));
        else
            _problem = result.IsLockedOut ? "SignIn.Locked" : "SignIn.Wrong";
    }
}

/// <summary>What the sign-in form sends.</summary>
public sealed class SignInForm
{
    public string? Name { get; set; }
    public string? Password { get; set; }
}
