using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Web.Hosting;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace Annotator.Web.Manage.Settings;

/// <summary>How one is called here, and the password.</summary>
[Authorize]
public sealed partial class SettingsPage(PeopleDirectory people, ViewerAccessor viewers, Words words)
{
    private string? _displayName;
    private bool _isSaved;
    private Refusal? _refused;
    private bool _mayManage;
    private IReadOnlyList<string> _problems = [];
    private TextBox? _display;
    private ElementReference _old;
    private ElementReference _new;

    /// <summary>What came of a change of password: <see cref="PasswordEndpoint.Changed"/>, or codes of Identity joined by points.</summary>
    [SupplyParameterFromQuery]
    public string? Password { get; set; }

    // What is typed before the circuit is there would be lost when it comes.
    private bool IsClosed => !RendererInfo.IsInteractive;

    private bool IsOldWrong =>
        _problems.Count > 0 && Password is nameof(IdentityErrorDescriber.PasswordMismatch) or PasswordEndpoint.TooMany;

    private bool IsNewWrong => _problems.Count > 0 && !IsOldWrong;

    protected override async Task OnInitializedAsync()
    {
        _problems = [.. Problems()];
        var viewer = await viewers.CurrentAsync();
        var person = viewer.RequirePerson();
        _mayManage = viewer.May(Permissions.ManageAccounts, Standing.Anywhere);
        _displayName = (await people.FindAsync(person, CancellationToken.None)).DisplayName;
    }

    // Only now the fields are open.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && _problems.Count > 0)
            await (IsOldWrong ? _old : _new).FocusAsync();
    }

    private async Task RenameAsync()
    {
        (_isSaved, _refused) = (false, null);
        try
        {
            var person = (await viewers.CurrentAsync()).RequirePerson();
            await people.RenameAsync(person, _displayName, CancellationToken.None);
            _isSaved = true;
        }
        catch (Refusal refusal)
        {
            _refused = refusal;
            await _display!.FocusAsync();
        }
    }

    private IEnumerable<string> Problems() =>
        Password is null or PasswordEndpoint.Changed
            ? []
            : Password.Split('.').Select(code => words.Find($"Account.{code}") ?? words["Error.500.Words"]);
}
