using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Annotator.Web.Manage.Administration;

/// <summary>One account, and what can be done with it.</summary>
public sealed partial class AccountItem
{
    private string? _name;
    private string? _password;
    private bool _isRemoving;
    private string? _tried;

    // The keys go on at the button that opens the form.
    private bool _returns;
    private MudButton? _manage;
    private TextBox? _nameBox;
    private TextBox? _passwordBox;

    [Parameter, EditorRequired]
    public AccountRow Account { get; set; } = default!;

    /// <summary>Whether it shows what can be done.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>Whether there is no circuit yet.</summary>
    [Parameter]
    public bool IsClosed { get; set; }

    /// <summary>What was refused last of what was to be done with it.</summary>
    [Parameter]
    public Refusal? Refused { get; set; }

    /// <summary>What was done with it last.</summary>
    [Parameter]
    public string? Said { get; set; }

    [Parameter]
    public EventCallback Toggle { get; set; }

    [Parameter]
    public EventCallback<AccountAct> Do { get; set; }

    private async Task SendAsync(string name, Func<AccountAdministration, Viewer, Task> act)
    {
        _tried = name;
        await Do.InvokeAsync(new AccountAct(name, act));
        // The page has answered with new parameters. What was typed is kept for another try.
        if (Refused is not null)
            await FocusAsync(name is "rename" ? _nameBox : name is "password" ? _passwordBox : null);
        else
            _returns = name is not "remove";
    }

    // When the form has gone from the page: before, the browser would lose the focus with it.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_returns || IsOpen || _manage is null)
            return;
        _returns = false;
        await _manage.FocusAsync();
    }

    private static async Task FocusAsync(TextBox? box)
    {
        if (box is not null)
            await box.FocusAsync();
    }

    protected override void OnParametersSet()
    {
        if (!IsOpen)
            (_name, _password, _isRemoving) = (null, null, false);
    }

    private string? Invalid(string act) => Refused is not null && string.Equals(_tried, act, StringComparison.Ordinal) ? "true" : null;

    private string? Described(string act) => Invalid(act) is null ? null : "refused";
}

/// <summary>Something to do with an account.</summary>
/// <param name="Name">In the texts of the interface, <c>Admin.Done.NAME</c>.</param>
public sealed record AccountAct(string Name, Func<AccountAdministration, Viewer, Task> DoAsync);
