using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Search;

/// <summary>The ways out of a search that found nothing.</summary>
public sealed partial class NoResults(AnnotationSearch search, ViewerAccessor viewers)
{
    private const int ShortestBeginning = 3;

    private int _begun;

    [Parameter, EditorRequired]
    public SearchAddress Address { get; set; } = default!;

    /// <summary>What may have been meant.</summary>
    [Parameter]
    public SearchQuery? Suggestion { get; set; }

    private SearchQuery Query => Address.Query;

    /// <summary>The query with its words as the beginnings of others: whoever pauses in the middle of a word means that.</summary>
    private SearchQuery Begun => Query.Terms
        .Where(t => t.Kind == TermKind.Word && t.Text.Length >= ShortestBeginning)
        .Aggregate(Query, (query, term) => query.Replacing(term, term with { Kind = TermKind.Prefix }));

    protected override async Task OnInitializedAsync()
    {
        if (Begun == Query)
            return;
        try
        {
            _begun = await search.CountAsync(await viewers.CurrentAsync(), Begun, Aborted);
        }
        catch (Invalid)
        {
            // A suggestion whose count takes longer than a search may is left out.
            _begun = 0;
        }
    }

    private static bool IsLanguage(SearchFilter filter) => filter.Field is SearchField.Lang or SearchField.SourceLang;
}
