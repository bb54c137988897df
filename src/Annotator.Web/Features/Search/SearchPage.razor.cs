using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Search;

/// <summary>One box for everything: words, phrases and filters, all in the address.</summary>
public sealed partial class SearchPage(AnnotationSearch search, ViewerAccessor viewers)
{
    private SearchAddress _address = SearchAddress.Of(null, null);
    private SearchResults? _results;
    private Invalid? _refused;

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
        try
        {
            _results = await search.FindAsync(await viewers.CurrentAsync(), Query, new SearchOptions { Order = _address.Order, After = After }, CancellationToken.None);
        }
        catch (Invalid invalid)
        {
            _refused = invalid;
        }
    }

    private string Total(int counted) =>
        counted > AnnotationSearch.CountedHits ? L["Search.More", AnnotationSearch.CountedHits] : L.Count("Count.Results", counted);
}
