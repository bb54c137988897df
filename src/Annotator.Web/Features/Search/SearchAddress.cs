using Annotator.Domain.Search;
using Annotator.Domain.Analysis;
using Microsoft.AspNetCore.WebUtilities;

namespace Annotator.Web.Features.Search;

/// <summary>What the address of the search page asks for, and the addresses of what one may ask next.</summary>
/// <param name="Chosen">The order where somebody chose one.</param>
public sealed record SearchAddress(SearchQuery Query, SearchOrder? Chosen)
{
    /// <summary>The best first when there are words to judge by.</summary>
    public SearchOrder Order => Chosen ?? (Query.Terms.Count > 0 ? SearchOrder.Best : SearchOrder.Newest);

    /// <param name="query">As typed.</param>
    /// <param name="sort">The name of an order; anything else chooses none.</param>
    public static SearchAddress Of(string? query, string? sort) =>
        new(
            SearchQuery.Parse(query),
            Enum.GetValues<SearchOrder>()
                .Cast<SearchOrder?>()
                .FirstOrDefault(o => string.Equals(Named(o), sort, StringComparison.Ordinal)));

    /// <summary>The filter as it stands in the query; null when it does not. What folds alike is the same.</summary>
    public SearchFilter? Own(SearchFilter filter) =>
        Query.Filters.FirstOrDefault(f => f.Field == filter.Field
            && string.Equals(Analyzer.Fold(f.Value), Analyzer.Fold(filter.Value), StringComparison.Ordinal));

    public string Without(SearchFilter filter) => Link(Query.Without(filter));

    /// <summary>Adds the filters, or takes them away when all of them are there.</summary>
    public string Toggle(params IReadOnlyList<SearchFilter> filters)
    {
        SearchFilter[] own = [.. filters.Select(Own).OfType<SearchFilter>()];
        return Link(own.Length == filters.Count
            ? own.Aggregate(Query, (query, filter) => query.Without(filter))
            : filters.Aggregate(Query, (query, filter) => query.With(filter)));
    }

    public string Sorted(SearchOrder order) => (this with { Chosen = order }).Link(Query);

    /// <param name="after">The cursor of the page before; null for the first page.</param>
    public string Link(SearchQuery query, string? after = null)
    {
        var parameters = new Dictionary<string, string?>(
            StringComparer.Ordinal) { ["q"] = query.ToString(), ["sort"] = Named(Chosen), ["after"] = after };
        return QueryHelpers.AddQueryString("/search", parameters.Where(p => !string.IsNullOrEmpty(p.Value)));
    }

    private static string? Named(SearchOrder? order) => order?.ToString().ToLowerInvariant();
}
