using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Search;

/// <summary>One box for everything: words, phrases and filters, all in the address.</summary>
public sealed partial class SearchPage(AnnotationSearch search, ViewerAccessor viewers)
{
    private SearchQuery _query = SearchQuery.Empty;
    private SearchResults? _results;
    private Invalid? _refused;

    /// <summary>The query as typed.</summary>
    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (Q?.Length > Limits.SearchQuery)
        {
            _refused = new Invalid("query", "too_long", Limits.SearchQuery);
            return;
        }

        _query = SearchQuery.Parse(Q);
        if (!_query.IsEmpty)
            _results = await search.FindAsync(await viewers.CurrentAsync(), _query, new SearchOptions { After = After }, CancellationToken.None);
    }

    private bool Has(SearchFilter filter) => _query.Filters.Contains(filter);

    private string Toggle(SearchFilter filter) => Link(Has(filter) ? _query.Without(filter) : _query.With(filter));

    private string Shown(SearchFilter filter) => filter.Field switch
    {
        SearchField.Lang => Written.NameOf(filter.Value),
        SearchField.Source => _results?.Facets?.Sources.FirstOrDefault(s => string.Equals(s.PublicId, filter.Value, StringComparison.Ordinal))?.Name ?? filter.ToString(),
        _ => filter.ToString(),
    };

    private static string Link(SearchQuery query, string? after = null) =>
        $"/search?q={Uri.EscapeDataString(query.ToString())}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}";
}
