using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Search;

/// <summary>The searches that the viewer keeps: to make again, to forget, and to add this one to. Nothing for a visitor.</summary>
public sealed partial class Saved(SavedSearches searches, ViewerAccessor viewers)
{
    private Viewer _viewer = Viewer.Visitor;
    private IReadOnlyList<SavedSearch> _searches = [];
    private string? _said;
    private Refusal? _refused;

    /// <summary>The one that is shown; empty where none is.</summary>
    [Parameter, EditorRequired]
    public SearchQuery Query { get; set; } = SearchQuery.Empty;

    [SupplyParameterFromForm(FormName = "save")]
    public SaveForm? Save { get; set; }

    [SupplyParameterFromForm(FormName = "forget")]
    public ForgetForm? Forget { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Save ??= new SaveForm();
        Forget ??= new ForgetForm();
        _viewer = await viewers.CurrentAsync();
        _searches = await searches.ListAsync(_viewer, Aborted);
    }

    private async Task SaveAsync()
    {
        try
        {
            await searches.SaveAsync(_viewer, Query, Save!.Name, ToTheEnd);
            (_said, Save) = ("Saved.Saved", new SaveForm());
        }
        catch (Refusal refusal)
        {
            _refused = refusal;
        }

        _searches = await searches.ListAsync(_viewer, Aborted);
    }

    private async Task ForgetAsync()
    {
        await searches.RemoveAsync(_viewer, Forget!.Id, ToTheEnd);
        _said = "Saved.Removed";
        _searches = await searches.ListAsync(_viewer, Aborted);
    }
}

/// <summary>What a search shall be called; empty for its own words.</summary>
public sealed class SaveForm
{
    public string? Name { get; set; }
}

/// <summary>The search to forget.</summary>
public sealed class ForgetForm
{
    public Guid Id { get; set; }
}
