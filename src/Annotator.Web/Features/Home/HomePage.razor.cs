using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Annotator.Web.Features.Home;

/// <summary>The library: annotated sources, filtered, sorted and paged by the address.</summary>
[SameForVisitors]
public sealed partial class HomePage(Library library, LibraryMenu menu, ViewerAccessor viewers)
{
    private LibraryQuery _query = new();
    private Page<SourceCard> _page = new([], null);
    private IReadOnlyList<FacetCount> _languages = [];
    private IReadOnlyList<FacetCount> _tags = [];
    private bool _isNew;

    [SupplyParameterFromQuery]
    public string? Lang { get; set; }

    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    /// <summary>Public id of an annotation that was deleted just now.</summary>
    [SupplyParameterFromQuery]
    public string? Undo { get; set; }

    /// <summary>Public id of a source that was removed just now.</summary>
    [SupplyParameterFromQuery]
    public string? Removed { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var order = Enum.TryParse<LibraryOrder>(Sort, ignoreCase: true, out var named) && Enum.IsDefined(named)
            ? named
            : LibraryOrder.Activity;
        _query = new LibraryQuery(Lang, Tag, order, After);
        var viewer = await viewers.CurrentAsync();
        _page = await library.BrowseAsync(viewer, _query, Aborted);
        (_languages, _tags) = await menu.ForAsync(viewer, Aborted);
        _isNew = viewer.PersonId is null && (Lang ?? Tag ?? Sort ?? After) is null;
    }

    // The language of the interface, as the library has it.
    private string? OwnLanguage => _languages.Select(l => l.Value).FirstOrDefault(tag => string.Equals(
        tag.Split('-')[0], System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, StringComparison.Ordinal));

    /// <summary>The address with one thing changed, back at the first page; an empty value takes a filter away.</summary>
    private string Link(string? language = null, string? tag = null, LibraryOrder? order = null, string? after = null)
    {
        var sorted = order ?? _query.Order;
        var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["lang"] = language ?? Lang,
            ["tag"] = tag ?? Tag,
            ["sort"] = sorted is LibraryOrder.Activity ? null : sorted.ToString().ToLowerInvariant(),
            ["after"] = after,
        };
        return QueryHelpers.AddQueryString("/", parameters.Where(p => !string.IsNullOrEmpty(p.Value)));
    }
}
