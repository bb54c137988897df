using Annotator.Domain.Kernel;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Annotator.Web.Resources;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Features.Accounts;

/// <summary>Makes an account. The first one of an installation is the administrator.</summary>
[Limited(LimitedAction.SignUp)]
public sealed partial class SignUp(
    Registration registration, SignUpRules rules, SignInManager<Account> signIn, NavigationManager navigation, Words words)
{
    private static readonly string[] Fields = ["name", "email", "password"];

    private IReadOnlyList<string> _problems = [];
    private bool _isFirst;

    // The fields with something wrong in them, by their ids.
    private IReadOnlyList<string> _wrong = [];

    // Why nobody who comes like this can sign up; null when they can.
    private string? _closed;

    /// <summary>Where to go afterwards: a path on this server.</summary>
    [SupplyParameterFromQuery]
    public string? Back { get; set; }

    /// <summary>The word of an invitation.</summary>
    [SupplyParameterFromQuery]
    public string? Invitation { get; set; }

    [SupplyParameterFromForm(FormName = "sign-up")]
    public SignUpForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SignUpForm();
        _isFirst = await registration.IsFirstAsync(Aborted);
        if (!_isFirst)
            _closed = await ClosedAsync();
    }

    private async Task<string?> ClosedAsync() => await rules.ModeAsync(Aborted) switch
    {
        SignUpMode.Closed => "SignUp.Closed",
        SignUpMode.Invitation when Invitation is null => "SignUp.Invited",
        SignUpMode.Invitation when !await rules.IsInvitedAsync(Invitation, Aborted) => "Account.InvitationRequired",
        _ => null,
    };

    private static string? FieldOf(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.InvalidUserName)
            or nameof(Registration.LooksLikeAnother) => "name",
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.InvalidEmail) => "email",
        var code when code.StartsWith("Password", StringComparison.Ordinal) => "password",
        _ => null,
    };

    private string? Invalid(string field) => _wrong.Contains(field, StringComparer.Ordinal) ? "true" : null;

    private string? Described(string field, string? help = null) => Invalid(field) is null ? help : $"problem {help}".TrimEnd();

    // Empty for the field that gets the focus: the first on the page that was refused, or the first of all.
    private string? Focus(string field) =>
        string.Equals(field, Fields.FirstOrDefault(f => Invalid(f) is not null) ?? Fields[0], StringComparison.Ordinal) ? "" : null;

    private async Task JoinAsync()
    {
        try
        {
            var (account, errors) = await registration.JoinAsync(
                new NewMember(Form!.Name ?? "", Form.Email ?? "", Form.Password ?? "", Invitation: Invitation), ToTheEnd);
            _problems = [.. errors.Select(e => words[$"Account.{e.Code}"])];
            _wrong = [.. errors.Select(FieldOf).OfType<string>()];
            if (account is null)
            {
                Http?.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            await signIn.SignInAsync(account, isPersistent: true);
            navigation.NavigateTo(Forms.LocalPath(Back));
        }
        catch (Invalid invalid)
        {
            _problems = [Problem.Say(words, invalid)];
            _wrong = ["name"];
            Http?.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }
}

/// <summary>What the sign-up form sends.</summary>
public sealed class SignUpForm
{
    public string? Name { get; set; }
    public string? Email { get; set; }
    public string? Password { get; set; }
}
