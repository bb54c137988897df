using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Features.Accounts;

/// <summary>How one is called here, and the password.</summary>
[Authorize]
public sealed partial class Settings(PeopleDirectory people, UserManager<Account> accounts, SignInManager<Account> signIn, ViewerAccessor viewers, Words words)
{
    private Guid _person;
    private string? _said;
    private Refusal? _refused;
    private IReadOnlyList<string> _problems = [];

    [SupplyParameterFromForm(FormName = "name")]
    public NameForm? Name { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    public PasswordForm? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Password ??= new PasswordForm();
        var given = Name;
        Name ??= new NameForm();
        _person = (await viewers.CurrentAsync()).RequirePerson();
        if (given is null)
            Name.DisplayName = (await people.FindAsync(_person, Aborted)).DisplayName;
    }

    private async Task RenameAsync()
    {
        try
        {
            await people.RenameAsync(_person, Name!.DisplayName, ToTheEnd);
            _said = "Settings.Saved";
        }
        catch (Invalid invalid)
        {
            _refused = invalid;
        }
    }

    private async Task ChangePasswordAsync()
    {
        var account = await accounts.FindByIdAsync(_person.ToString()) ?? throw new NotFound("account");
        var result = await accounts.ChangePasswordAsync(account, Password!.Old ?? "", Password.New ?? "");
        _problems = [.. result.Errors.Select(e => words[$"Account.{e.Code}"])];
        if (!result.Succeeded)
            return;
        await signIn.RefreshSignInAsync(account);
        _said = "Settings.Saved";
    }
}

/// <summary>The name to be shown by.</summary>
public sealed class NameForm
{
    public string? DisplayName { get; set; }
}

/// <summary>A change of password.</summary>
public sealed class PasswordForm
{
    public string? Old { get; set; }
    public string? New { get; set; }
}
