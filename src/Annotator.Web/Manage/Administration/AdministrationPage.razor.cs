using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Annotator.Web.Manage.Administration;

/// <summary>The accounts of the installation, and who may make one.</summary>
[Authorize]
public sealed partial class AdministrationPage(AccountAdministration accounts, SignUpRules rules, ViewerAccessor viewers)
{
    private IReadOnlyList<AccountRow> _rows = [];
    private int _total;
    private int _page = 1;
    private string? _filter;
    private Guid? _open;

    // Something was done with this account last: a refusal is shown at it, where the list may be long.
    private Guid? _acted;
    private SignUpMode _mode;
    private string? _said;

    // Where it is said: at the account, or above the list when that is not in it any more.
    private Guid? _done;
    private ElementReference _accounts;
    private Refusal? _refused;
    private bool _mayManage;

    /// <summary>Another one when the rights of the viewer have changed (<see cref="CircuitSessions"/>).</summary>
    [CascadingParameter]
    public Task<AuthenticationState>? Session { get; set; }

    private SignUpRules Rules => rules;

    // What is typed before the circuit is there would be lost when it comes.
    private bool IsClosed => !RendererInfo.IsInteractive;

    private int Pages => Math.Max(1, (_total + AccountAdministration.PageSize - 1) / AccountAdministration.PageSize);

    protected override async Task OnParametersSetAsync()
    {
        var viewer = await viewers.CurrentAsync();
        _mayManage = viewer.May(Permissions.ManageAccounts, Standing.Anywhere);
        if (_mayManage)
            await LoadAsync(viewer);
        else
            _refused = new Forbidden(Permissions.ManageAccounts.Code);
    }

    private async Task LoadAsync(Viewer viewer)
    {
        _mode = await rules.ModeAsync(CancellationToken.None);
        (_rows, _total) = await accounts.ListAsync(viewer, _filter, _page, CancellationToken.None);
    }

    private Task ChooseAsync(SignUpMode mode) => TryAsync(viewer => rules.ChooseAsync(viewer, mode, CancellationToken.None));

    private Task FilterAsync(string? filter)
    {
        _filter = filter;
        return GoAsync(1);
    }

    private Task GoAsync(int page) => TryAsync(_ =>
    {
        _page = page;
        return Task.CompletedTask;
    });

    private void Toggle(Guid id) => (_open, _refused, _acted, _said, _done) = (_open == id ? null : id, null, null, null, null);

    private async Task DoAsync(AccountRow account, AccountAct act)
    {
        await TryAsync(async viewer =>
        {
            _acted = account.Id;
            await act.DoAsync(accounts, viewer);
            _said = L[$"Admin.Done.{act.Name}", account.Username];
            _open = null;
        });
        if (_said is null)
            return;
        if (_rows.Any(r => r.Id == account.Id))
            _done = account.Id;
        else
            await _accounts.FocusAsync();
    }

    private async Task TryAsync(Func<Viewer, Task> act)
    {
        (_refused, _acted, _said, _done) = (null, null, null, null);
        try
        {
            var viewer = await viewers.CurrentAsync();
            await act(viewer);
            await LoadAsync(viewer);
        }
        catch (Refusal refusal)
        {
            _refused = refusal;
        }
    }
}
