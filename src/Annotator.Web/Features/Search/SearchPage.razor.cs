using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Search;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Search;

/// <summary>One box for everything: words, phrases and filters, all in the address.</summary>
[SameForVisitors, Limited(LimitedAction.Search, "GET")]
public sealed partial class SearchPage(AnnotationSearch search, SourceReader sources, ViewerAccessor viewers)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private SearchAddress _address = SearchAddress.Of(null, null);
    private SearchResults? _results;
    private Invalid? _refused;

    // Whether all that the viewer wrote is asked for, and nothing else.
    private bool _isOwn;

    /// <summary>The query as typed.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    /// <summary><c>best</c> or <c>newest</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    private SearchQuery Query => _address.Query;

    protected override async Task OnInitializedAsync()
    {
        if (Q?.Length > Limits.SearchQuery)
        {
            _refused = new Invalid("query", "too_long", Limits.SearchQuery);
            return;
        }

        _address = SearchAddress.Of(Q, Sort);
        if (Query.IsEmpty)
            return;
        var viewer = await viewers.CurrentAsync();
        _isOwn = Query is { Terms.Count: 0, Filters: [var filter] } && IsOwn(filter);
        try
        {
            _results = await search.FindAsync(viewer, Query, new SearchOptions { Order = _address.Order, After = After }, Aborted);
        }
        catch (Invalid invalid)
        {
            _refused = invalid;
        }

        await NameAsync(viewer);
    }

    private bool IsOwn(SearchFilter filter) => filter.Field switch
    {
        SearchField.Is => true,
        SearchField.User => string.Equals(filter.Value, Http?.User.Identity?.Name, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>What the sources and groups are called that the query gives by their ids.</summary>
    private async Task NameAsync(Viewer viewer)
    {
        foreach (var named in _results?.Facets is { } facets ? facets.Sources.Concat(facets.Groups) : [])
            _names[named.PublicId] = named.Name;
        // Without hits no facet gives the names, so they are read by id.
        var unnamed = Query.Filters.Where(f => f.Field == SearchField.Source && !_names.ContainsKey(f.Value))
            .Select(f => PublicId.TryParse(f.Value, out var source) ? source : Guid.Empty)
            .Where(id => id != Guid.Empty)
            .ToList();
        foreach (var (id, title) in await sources.TitlesAsync(viewer, unnamed, Aborted))
            _names[PublicId.Of(id)] = title;
    }

    private string Total(int counted) =>
        counted > AnnotationSearch.CountedHits ? L["Search.More", AnnotationSearch.CountedHits] : L.Count("Count.Results", counted);
}
